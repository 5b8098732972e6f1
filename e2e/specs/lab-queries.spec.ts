// The Query Explorer on a real server: what it asks, what it shows, and what the host itself says; by mouse and by keyboard, on a large screen and on a phone.
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { Desktop } from "../support/desktop.ts";
import { ask } from "../support/lab.ts";
import { expect, test } from "../support/test.ts";

async function open(desktop: Desktop, name: string) {
  await desktop.openApp("Query Explorer");
  return desktop.window(`Query Explorer – ${name}`);
}

test("a query is chosen by the keyboard and shown as a table, as JSON, with its command and its output", async ({ desktop, richHost }) => {
  await desktop.connect(richHost, "root");
  const window = await open(desktop, richHost.name);
  const filter = window.getByRole("searchbox", { name: "Filter queries" });
  await filter.fill("storage.filesystems");
  await filter.press("ArrowDown");
  await desktop.page.keyboard.press("Enter");
  await expect(window.getByRole("heading", { name: "Filesystems and how full they are" })).toBeVisible();

  const source = window.getByRole("region", { name: "Where it came from" });
  await expect(source.getByRole("group", { name: "Command run on the server" })).toContainText("findmnt --json");
  await expect(source.getByRole("group", { name: "Raw output" })).toContainText('"filesystems"');
  const table = window.getByRole("grid", { name: "Filesystems" });
  const size = (await ask(richHost, "df", "-B1", "--output=size", "/")).trim().split("\n").at(-1)?.trim() ?? "";
  const root = table.getByRole("row").filter({ has: desktop.page.getByRole("gridcell", { name: "/", exact: true }) });
  await expect(root.locator(`[title="${size}"]`)).toBeVisible();

  // Sorted by a heading, filtered, copied by a key.
  await table.getByRole("columnheader", { name: "Mount point" }).getByRole("button").click();
  await expect(table.getByRole("columnheader", { name: "Mount point" })).toHaveAttribute("aria-sort", "ascending");
  await expect(table.getByRole("row").nth(1).getByRole("gridcell").nth(2)).toHaveText("/");
  await window.getByRole("searchbox", { name: "Filter Filesystems" }).fill("no such thing");
  await expect(table.getByText("Nothing has “no such thing” in it.")).toBeVisible();
  await window.getByRole("searchbox", { name: "Filter Filesystems" }).fill("");
  await desktop.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await table.getByRole("row").nth(1).getByRole("gridcell").nth(2).click();
  await desktop.page.keyboard.press("Control+c");
  await expect.poll(() => desktop.page.evaluate(() => navigator.clipboard.readText())).toBe("/");

  await window.getByRole("tab", { name: "JSON" }).click();
  await expect(window.getByRole("group", { name: "JSON" })).toContainText(`"sizeBytes": ${size}`);
});

test("arguments are asked for, refused in their own words, and what a server cannot answer is said", async ({ desktop, richHost }) => {
  await desktop.connect(richHost, "root");
  const window = await open(desktop, richHost.name);
  await window.locator('[data-query="services.unit"]').click();
  await expect(window.getByText("Fill in what is asked for, then press Ask.")).toBeVisible();
  await window.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(window.getByRole("alert")).toHaveText("unit is missing");
  await window.getByRole("textbox", { name: "Unit" }).fill("cron.service");
  await window.getByRole("textbox", { name: "Unit" }).press("Enter");
  await expect(window.getByRole("region", { name: "Answer" }).getByText("cron.service").first()).toBeVisible();
  await expect(window.getByRole("group", { name: "Command run on the server" })).toContainText("-- cron.service");
});

test("a feed is followed, record by record, and ends on the server when it is stopped", async ({ desktop, richHost }) => {
  await desktop.connect(richHost, "root");
  const window = await open(desktop, richHost.name);
  await window.locator('[data-query="docker.events"]').click();
  await window.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(window.getByRole("heading", { name: "Listening" })).toBeVisible();
  const followers = async () => (await ask(richHost, "sh", "-c", "pgrep -fx '[^ ]*docker events.*' || true")).trim();
  await expect.poll(followers).not.toBe("");
  const volume = `followed-${Date.now()}`;
  await ask(richHost, "sh", "-c", `docker volume create ${volume} && docker volume rm ${volume}`);
  const records = window.getByRole("grid", { name: "Records" });
  await expect(records.getByRole("row").filter({ hasText: volume })).toHaveCount(2);
  await expect(records.getByRole("row").filter({ hasText: volume }).first()).toContainText("destroy");
  await window.getByRole("button", { name: "Stop" }).click();
  await expect(window.getByRole("status").filter({ hasText: "Stopped." })).toBeVisible();
  await expect.poll(followers).toBe("");
});

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport, colorScheme: "dark", usesThisComputer: true });

    test("every state is accessible", async ({ desktop }) => {
      const isPhone = screen === "phone";
      await desktop.isConnected("This computer");
      const window = await open(desktop, "This computer");
      await isAccessibleInBoth(desktop, "nothing chosen");
      await window.locator('[data-query="network.rates"]').click();
      await expect(window.getByRole("grid")).toBeVisible();
      await isAccessibleInBoth(desktop, "a table");
      await window.getByRole("tab", { name: "JSON" }).click();
      await isAccessibleInBoth(desktop, "JSON");
      if (isPhone) await window.getByRole("button", { name: "All queries" }).click();
      await window.locator('[data-query="services.unit"]').click();
      await isAccessibleInBoth(desktop, "arguments");
      if (isPhone) await window.getByRole("button", { name: "All queries" }).click();
      await window.locator('[data-query="docker.events"]').click();
      await isAccessibleInBoth(desktop, "a feed");
      if (isPhone) await window.getByRole("button", { name: "All queries" }).click();
      await window.getByRole("searchbox", { name: "Filter queries" }).fill("no such query");
      await isAccessibleInBoth(desktop, "no match");
    });
  });
}
