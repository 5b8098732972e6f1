// What the benchmarks of the page begin with: a browser, and the lab's loopback host as a server.
import { readFileSync } from "node:fs";
import process from "node:process";
import { chromium } from "@playwright/test";

const lab = JSON.parse(readFileSync(process.env.HEADLESSOS_LAB_HOSTS, "utf8"));
export const { identity } = lab;
export const host = lab.hosts.find((each) => each.name === "sshd");

/** A browser with an empty page. */
export async function opened() {
  const browser = await chromium.launch({
    executablePath: process.env.HEADLESSOS_CHROMIUM,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  return { browser, page: await browser.newPage({ viewport: { width: 1440, height: 900 } }) };
}

/** As root the program asks first whether this computer may be used; here it may not. */
export async function leaveThisComputer(page) {
  const question = page.getByRole("dialog", { name: "HeadlessOS runs as root" });
  if (await question.isVisible()) await question.getByRole("button", { name: "Cancel" }).click();
}

/** Adds the lab's loopback host as a server whose key is trusted, disconnected, nothing read from it yet; it is the only one in use. */
export async function trustedServer(page, name) {
  const auth = { method: "keyFile", path: identity };
  const server = { name, host: host.address, port: host.port, user: host.users[0].name, auth, color: null, capabilities: null };
  await page.evaluate(async (server) => {
    const send = async (path, body) => {
      const response = await fetch(`/api${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    };
    const reaches = async (id, statuses) => {
      for (;;) {
        const { servers } = await (await fetch("/api/servers")).json();
        const { state } = servers.find((each) => each.id === id);
        if (statuses.includes(state.status)) return state;
        if (state.status === "failed") throw new Error(JSON.stringify(state.error));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await send("/servers/this-computer/disconnect", {});
    const { id } = await send("/servers", server);
    await send(`/servers/${id}/connect`, {});
    const state = await reaches(id, ["question", "connected"]);
    if (state.status === "question") {
      await send(`/servers/${id}/answers`, { questionId: state.question.id, answer: { kind: "trust", trust: true } });
      await reaches(id, ["connected"]);
    }
    await send(`/servers/${id}/disconnect`, {});
    await reaches(id, ["disconnected"]);
  }, server);
}
