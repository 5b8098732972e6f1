// Snippets are made, filled in, inserted and run; recordings are made, played, saved and deleted.
import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { kept, ShownTerminal } from "../support/terminalSettings.ts";
import { expect, test } from "../support/test.ts";

test.use({ usesThisComputer: true });
// A login shell may take its time, and each setting is a way through a dialog.
test.setTimeout(120_000);

test.describe("snippets", () => {
  async function open(app: ShownTerminal): Promise<Locator> {
    await app.page.getByRole("button", { name: "Snippets" }).click();
    await expect(app.desktop.dialog("Snippets")).toBeVisible();
    return app.page.getByRole("dialog");
  }
  async function add(dialog: Locator, name: string, text: string): Promise<void> {
    await dialog.getByRole("button", { name: "New snippet" }).click();
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await dialog.getByRole("textbox", { name: "Text" }).fill(text);
    await dialog.getByRole("button", { name: "Add snippet" }).click();
  }

  test("are made, and kept by the program", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const dialog = await open(app);
    await expect(dialog).toContainText("Commands you type again and again");
    await add(dialog, "Greet", "echo {{word:hello}}-{{number}}");
    await expect(dialog.getByRole("option", { name: "Greet" })).toBeVisible();
    await add(dialog, "Who", "whoami");
    await expect(dialog.getByRole("option")).toHaveCount(2);
    await dialog.getByRole("combobox", { name: "Search snippets" }).fill("gre");
    await expect(dialog.getByRole("option")).toHaveCount(1);
    await expect(dialog).toContainText("Asks for word, number");
    expect((await kept<{ snippets: { name: string; text: string }[] }>(desktop, "snippets")).snippets).toMatchObject([
      { name: "Greet", text: "echo {{word:hello}}-{{number}}" },
      { name: "Who", text: "whoami" },
    ]);
    await dialog.getByRole("button", { name: "Edit Greet" }).click();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Greet twice");
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.getByRole("button", { name: "Delete Greet twice" }).click();
    await dialog.getByRole("button", { name: "Delete snippet Greet twice" }).click();
    await expect(dialog.getByRole("option")).toHaveCount(1);
    await expect(dialog.getByRole("option", { name: "Who" })).toBeVisible();
  });

  test("ask for their variables, and are inserted without being run", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const dialog = await open(app);
    await add(dialog, "Greet", "echo {{word:hello}}-{{number}}");
    await dialog.getByRole("button", { name: "Insert" }).click();
    await expect(dialog.getByRole("textbox", { name: "word" })).toHaveValue("hello");
    await dialog.getByRole("textbox", { name: "number" }).fill("7");
    await expect(dialog.getByRole("group", { name: "The resulting text" })).toHaveText("echo hello-7");
    await dialog.getByRole("button", { name: "Insert", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await app.says(/echo hello-7$/m);
    await expect(app.screens.locator("textarea")).toBeFocused();
    expect(await app.text()).not.toMatch(/^hello-7$/m);
    await desktop.page.keyboard.press("Enter");
    await app.says("hello-7");
  });

  test("run, by the keyboard alone", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const { keyboard } = desktop.page;
    const dialog = await open(app);
    await add(dialog, "Sum", "echo sum-$(({{one:1}}+{{other:2}}))");
    await expect(dialog.getByRole("combobox", { name: "Search snippets" })).toBeFocused();
    await keyboard.press("Control+Enter");
    await expect(dialog.getByRole("textbox", { name: "one" })).toBeFocused();
    await keyboard.type("40");
    await keyboard.press("Enter");
    await app.says("sum-42");
    await expect(app.screens.locator("textarea")).toBeFocused();
  });
});

test.describe("recordings", () => {
  interface Kept {
    recordings: { id: string; isRunning: boolean; columns: number; rows: number }[];
  }

  test("are made, played, saved and deleted", async ({ desktop }) => {
    const { page } = desktop;
    const app = await ShownTerminal.open(desktop);
    await app.type("echo before-it");
    await app.says("before-it");
    await app.more("Record");
    const stop = page.getByRole("button", { name: "Recording: stop" });
    await expect(stop).toBeVisible();
    await expect(page.getByRole("tab", { name: /recording/ })).toBeVisible();
    await app.type("echo recorded-$((40+2))");
    await app.says("recorded-42");
    await stop.click();
    await expect(stop).toBeHidden();
    await app.type("echo after-it");
    await app.says("after-it");
    const [recording] = (await kept<Kept>(desktop, "recordings")).recordings;
    expect(recording?.isRunning).toBe(false);

    await app.more("Recordings");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("row").filter({ hasText: "This computer" })).toHaveCount(1);
    const waits = page.waitForEvent("download");
    await dialog.getByRole("link", { name: /^Download / }).click();
    const download = await waits;
    expect(download.suggestedFilename()).toMatch(/\.cast$/);
    const [header, ...events] = readFileSync(await download.path(), "utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as unknown);
    expect(header).toMatchObject({ version: 2, width: recording?.columns, height: recording?.rows, timestamp: expect.any(Number) as unknown });
    let lastSeconds = 0;
    for (const event of events) {
      expect(event).toEqual([expect.any(Number), expect.stringMatching(/^[or]$/), expect.any(String)]);
      const [seconds] = event as [number, string, string];
      expect(seconds).toBeGreaterThanOrEqual(lastSeconds);
      lastSeconds = seconds;
    }
    const output = (events as [number, string, string][]).flatMap(([, kind, text]) => (kind === "o" ? [text] : [])).join("");
    expect(output).toContain("recorded-42");
    expect(output).not.toContain("after-it");

    await dialog.getByRole("button", { name: /^Play / }).click();
    const player = dialog.getByRole("group", { name: "Player" });
    await expect(player.locator(".xterm-rows").getByText("recorded-42", { exact: true })).toBeVisible();
    await expect(player.getByRole("button", { name: "Play again" })).toBeVisible();
    await player.getByRole("slider", { name: "Position" }).press("Home");
    await expect(player.locator(".xterm-rows").getByText("recorded-42", { exact: true })).toHaveCount(0);

    await dialog.getByRole("button", { name: "All recordings" }).click();
    await dialog.getByRole("button", { name: /^Delete / }).click();
    await dialog.getByRole("button", { name: /^Delete recording / }).click();
    await expect(dialog).toContainText("Nothing has been recorded");
    expect((await kept<Kept>(desktop, "recordings")).recordings).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(app.screens.locator("textarea")).toBeFocused();
  });

  test("a file that is no recording is refused", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    await app.more("Recordings");
    const dialog = desktop.page.getByRole("dialog");
    await dialog.locator("input[type=file]").setInputFiles({ name: "holiday.cast", mimeType: "text/plain", buffer: Buffer.from("not a recording") });
    await expect(dialog.getByRole("alert")).toContainText("This cannot be played");
  });
});
