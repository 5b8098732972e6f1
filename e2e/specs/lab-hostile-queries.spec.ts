// Every query and feed of the catalog, asked of a server whose every word is an attack and whose every list is enormous, as a table, as JSON and as it was printed.
import type { Locator } from "@playwright/test";
import { SCREENS } from "../support/accessible.ts";
import { argumentsFor, catalogOf, type Arguments, type Asked } from "../support/catalog.ts";
import { expect, test } from "../support/hostileTest.ts";
import { ask } from "../support/lab.ts";

const ARGUMENTS: Arguments = {
  "logs.access path": "/var/log/nginx/access.log",
  "logs.web_errors path": "/var/log/nginx/error.log",
  "packages.owner path": "/bin/ls",
  "storage.biggest path": "/srv/hostile/names",
  "web.certificates path": "/srv/hostile/contents",
  path: "/var/log/syslog",
  container: "hostile-log",
  image: "lab/busybox:1",
  package: "lab-hostile",
  term: "hostile",
  unit: "hostile-0.service",
};

/** What a phone looks at: each way in which an answer is shown, with the longest and the worst there are. */
const ON_PHONE = ["accounts.users", "cron.system_jobs", "docker.networks", "firewall.nft", "logs.journal", "network.sockets", "packages.info", "processes.list", "services.units", "storage.mounts", "system.identity"];

for (const [screen, viewport] of Object.entries(SCREENS)) {
  const colorScheme = screen === "desk" ? "dark" : "light";
  test.describe(`${screen}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });
    test.setTimeout(600_000);

    test("no answer and no feed is more than text", async ({ desktop, hostile, watch }) => {
      const isPhone = screen === "phone";
      const pid = (await ask(hostile, "pgrep", "-f", "img src=x")).split("\n")[0] ?? "1";
      const { queries, feeds } = await catalogOf(desktop.page);
      await desktop.openApp("Query Explorer");
      const window = desktop.window(`Query Explorer – ${hostile.name}`);
      if (!isPhone) await window.getByRole("button", { name: "Maximise" }).click();
      const choose = async (query: Asked) => {
        if (isPhone && (await window.getByRole("button", { name: "All queries" }).count()) > 0) await window.getByRole("button", { name: "All queries" }).click();
        await window.locator(`[data-query="${query.id}"]`).click();
        const fields = window.getByRole("form", { name: "Question" }).getByRole("textbox");
        const names = Object.keys(query.argsSchema.properties ?? {});
        const given = argumentsFor(query, { ...ARGUMENTS, pid });
        for (const [name, value] of given) await fields.nth(names.indexOf(name)).fill(value);
        return given.size > 0;
      };
      let answered = 0;
      const asked = queries.filter(({ id }) => !isPhone || ON_PHONE.includes(id));
      for (const query of asked) {
        const isAsked = await choose(query);
        if (isAsked) await window.getByRole("button", { name: "Ask", exact: true }).click();
        const answer = window.getByRole("region", { name: "Answer" });
        await expect(answer, query.id).toBeVisible({ timeout: 60_000 });
        await watch.isUnharmed(query.id);
        const tabs = answer.getByRole("tab");
        for (let at = 1; at < (await tabs.count()); at += 1) {
          await tabs.nth(at).click();
          await watch.isUnharmed(`${query.id}, ${await tabs.nth(at).textContent()}`);
        }
        if ((await tabs.count()) > 0) answered += 1;
      }
      await watch.answers("after every query");
      // Most of what there is to ask was answered, and so was looked at.
      expect(answered).toBeGreaterThan(asked.length / 2);

      for (const feed of feeds) {
        await choose(feed);
        await window.getByRole("button", { name: "Follow", exact: true }).click();
        if (feed.id !== "docker.events") await expect(rows(window)).not.toHaveCount(0);
        await watch.isUnharmed(feed.id);
        await window.getByRole("button", { name: "Stop", exact: true }).click();
      }
    });
  });
}

function rows(window: Locator): Locator {
  return window.getByRole("grid").getByRole("row");
}
