// Secrets, once the person has given them: not in what a language model is asked, a recording, an export, the clipboard, or anything that the browser keeps, on the page or on its disk.
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import config from "../playwright.config.ts";
import { Desktop, passwordOf } from "../support/desktop.ts";
import { chooseModel, connectOdd, KEY, openPrograms, openSettings, PROGRAMS } from "../support/models.ts";
import { startProvider } from "../support/provider.ts";
import { TerminalApp } from "../support/terminal.ts";
import { expect, test, watch } from "../support/test.ts";

test.setTimeout(240_000);

/** Each text as it may lie on a disk: UTF-8, and two bytes a letter. */
function forms(secrets: readonly string[]): Buffer[] {
  return secrets.flatMap((secret) => [Buffer.from(secret), Buffer.from(secret, "utf16le")]);
}

/** The files of a folder that hold one of them. */
function holders(folder: string, secrets: readonly string[]): string[] {
  const wanted = forms(secrets);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  return paths.filter((path) => lstatSync(path).isFile()).filter((path) => {
    const bytes = readFileSync(path);
    return wanted.some((each) => bytes.includes(each));
  });
}

/** All that a page can read of what the browser keeps for it. */
async function kept(page: Page): Promise<string> {
  const storage = await page.context().storageState({ indexedDB: true });
  const inPage = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    caches: await caches.keys(),
    address: location.href,
    state: history.state as unknown,
    visited: performance.getEntries().map((entry) => entry.name),
    clipboard: await navigator.clipboard.readText(),
    fields: [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value),
    text: document.documentElement.outerHTML,
  }));
  return JSON.stringify([storage, inPage]);
}

test("what a person gave in confidence is in nothing that is kept, sent on or taken out", async ({ program, richHost, sshd }) => {
  const password = passwordOf(richHost, "admin");
  const secrets = [password, KEY];
  const profile = mkdtempSync(join(tmpdir(), "headlessos-e2e-browser-"));
  const provider = await startProvider();
  provider.answers(PROGRAMS);
  const { launchOptions, contextOptions: _, ...use } = config.use ?? {};
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, ...(use as object), permissions: ["clipboard-read", "clipboard-write"] });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const faults = await watch(page);
    const desktop = new Desktop(page);
    await desktop.open(program.launchUrl, false);
    // The password of a login, the key of a model.
    await connectOdd(desktop, richHost, sshd, "admin");
    const settings = await openSettings(desktop, richHost.name);
    await settings.getByRole("button", { name: "Language model" }).click();
    await chooseModel(settings, provider);
    await settings.getByRole("form", { name: "Key" }).getByLabel("Key").fill(KEY);
    await settings.getByRole("button", { name: "Save key" }).click();
    await expect(settings.getByText(/^A key is kept in /)).toBeVisible();

    // The model gets an output of this server.
    const explorer = await openPrograms(desktop, richHost.name);
    await explorer.getByRole("button", { name: "Ask this once" }).click();
    await expect(explorer.getByRole("grid", { name: "Programs" })).toContainText("worker");
    expect(provider.requests.length).toBeGreaterThan(0);
    for (const request of provider.requests) {
      for (const secret of secrets) expect(request.body).not.toContain(secret);
      expect(request.authorization).toBe(`Bearer ${KEY}`);
    }

    // The password for administrator access.
    const access = desktop.taskbar.getByRole("switch", { name: "Administrator access" });
    await access.click();
    const dialog = desktop.dialog("Turn on administrator access");
    await dialog.getByLabel("Password of admin").fill(password);
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await expect(access).toBeChecked();

    // A terminal is recorded while the password is typed where it is asked for.
    const app = new TerminalApp(desktop, richHost.name);
    const pane = await app.open();
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Record", exact: true }).click();
    await expect(page.getByRole("button", { name: "Recording: stop" })).toBeVisible();
    await pane.focus();
    await pane.enter("sudo -k; sudo -p 'word: ' id -u");
    await expect.poll(async () => (await pane.lines()).join("\n")).toContain("word:");
    await pane.enter(password);
    await expect.poll(async () => (await pane.lines()).includes("0")).toBe(true);
    await page.getByRole("button", { name: "Recording: stop" }).click();
    const { recordings } = JSON.parse(await app.fetch("/api/recordings")) as { recordings: { id: string }[] };
    const recording = await app.fetch(`/api/recordings/${recordings[0]?.id}`);
    expect(recording).toContain("word: ");

    // What can be taken out, in every form.
    const routes = ["activity?limit=1000", "activity/export?format=lines", "activity/export?format=script", "servers/export?format=json", "servers/export?format=csv", "servers/export?format=sshConfig", "servers", "preferences", "model"];
    const taken = [recording, ...(await Promise.all(routes.map((route) => app.fetch(`/api/${route}`))))];
    for (const [at, text] of taken.entries()) {
      expect(text, String(at)).not.toMatch(/^\{"error"|^$/);
      expect(secrets.filter((secret) => text.includes(secret)), String(at)).toEqual([]);
    }

    // What the browser keeps: that it is found where it is, and then where it must not be.
    await page.evaluate(() => navigator.clipboard.writeText("planted in the clipboard"));
    const all = await kept(page);
    expect(all.includes("planted in the clipboard")).toBe(true);
    // The address that was opened is remembered by the browser, and its secret is spent.
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    await page.evaluate(() => localStorage.setItem("planted", "planted on the disk"));
    await context.close();
    expect(holders(profile, ["planted on the disk"])).not.toEqual([]);
    expect(holders(profile, secrets)).toEqual([]);
    expect(holders(program.folder, secrets)).toEqual([]);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
    await provider.stop();
    rmSync(profile, { recursive: true, force: true });
  }
});
