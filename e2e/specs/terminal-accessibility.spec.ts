// Every state of the terminal against axe, in dark and light, on a large screen and on a phone; and all of it by the keyboard alone.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAccessible, SCREENS } from "../support/accessible.ts";
import type { Desktop } from "../support/desktop.ts";
import { ShownTerminal } from "../support/terminalSettings.ts";
import { expect, test } from "../support/test.ts";

test.use({ usesThisComputer: true });

/** The sixteen colours as text and as grounds, and the styles of text. */
const COLOURS = `for i in 0 1 2 3 4 5 6 7; do printf "\\033[3\${i}mtext$i \\033[9\${i}mbright$i\\033[0m \\033[4\${i}mon$i\\033[0m \\033[10\${i}mon$i\\033[0m\\n"; done; printf '\\033[1mbold\\033[0m \\033[3mitalic\\033[0m \\033[4mline\\033[0m \\033[7mreverse\\033[0m\\n'; echo coloured`;

/** The terminal without another window, which has tests of its own. */
async function alone(desktop: Desktop): Promise<ShownTerminal> {
  await desktop.window("Dashboard – This computer").getByRole("button", { name: "Close" }).click();
  return ShownTerminal.open(desktop);
}

for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ["dark", "light"] as const) {
    test.describe(`${screen}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });
      test.setTimeout(300_000);
      const isPhone = screen === "phone";

      test("terminals, tabs and what hangs on them", async ({ desktop, program }) => {
        const { page } = desktop;
        const app = await alone(desktop);
        await app.type(COLOURS);
        await app.says("coloured");
        await isAccessible(desktop, "one pane, in colours");
        await app.do("Search", isPhone);
        await page.getByRole("searchbox", { name: "Search for" }).fill("text");
        await expect(page.getByRole("search")).toContainText(/\d+ of \d+/);
        await isAccessible(desktop, "search with matches");
        await page.getByRole("button", { name: "Regular expression" }).click();
        await page.getByRole("searchbox", { name: "Search for" }).fill("(text");
        await expect(page.getByRole("search")).toContainText("Not valid");
        await isAccessible(desktop, "search for what is no expression");
        await page.keyboard.press("Escape");

        await page.getByRole("button", { name: "More", exact: true }).click();
        await expect(page.getByRole("menu")).toBeVisible();
        await isAccessible(desktop, "more");
        await page.keyboard.press("Escape");
        await app.screens.click({ button: "right", position: { x: 60, y: 60 } });
        await expect(page.getByRole("menuitem", { name: "Close terminal" })).toBeVisible();
        await isAccessible(desktop, "menu of a pane");
        await page.keyboard.press("Escape");

        await app.do(isPhone ? "Another pane in this tab" : "Split right (Ctrl+Shift+D)", isPhone);
        // A phone shows one of the two, and first still the other.
        if (isPhone) await expect(page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "shell 2" })).toHaveAttribute("aria-current", "true");
        await app.isReady(isPhone ? 1 : 2);
        await app.more("Record");
        await expect(page.getByRole("button", { name: "Recording: stop" })).toBeVisible();
        await isAccessible(desktop, "two panes, one recorded");
        await page.getByRole("button", { name: "Recording: stop" }).click();
        if (!isPhone) {
          await page.getByRole("button", { name: "Send input to several terminals" }).click();
          await page.getByText("Chosen terminals").click();
          await expect(page.getByText("Receives input", { exact: true })).toHaveCount(2);
          await isAccessible(desktop, "input to several");
          await page.getByText("This terminal only").click();
          await page.keyboard.press("Escape");
        }
        // It rings when the other tab is in front, however long that takes.
        const rings = join(program.folder, "rings");
        await app.type(`(until [ -e '${rings}' ]; do sleep 0.1; done; printf '\\a') &`);
        const tabs = await page.getByRole("tab").count();
        await page.getByRole("button", { name: /^New tab/ }).click();
        await expect(page.getByRole("tab")).toHaveCount(tabs + 1);
        await app.isReady();
        await writeFile(rings, "");
        await expect(page.getByRole("tab", { name: /bell/ })).toBeVisible();
        await isAccessible(desktop, "tabs, one with a bell");
      });

      test("its dialogs", async ({ desktop, context }) => {
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        const { page } = desktop;
        const { keyboard } = page;
        const app = await alone(desktop);
        const dialog = page.getByRole("dialog");
        await app.openSettings();
        await isAccessible(desktop, "settings");
        await dialog.getByLabel("Font", { exact: true }).fill("No Such Font");
        await dialog.getByLabel("Shell for new terminals", { exact: true }).fill("sh");
        await keyboard.press("Enter");
        await dialog.getByRole("button", { name: "Back to defaults" }).click();
        await isAccessible(desktop, "settings, with mistakes and a way back");
        await dialog.getByRole("button", { name: "Done" }).click();
        await expect(dialog).toHaveCount(0);

        await app.more("Keys");
        await expect(dialog).toBeVisible();
        await isAccessible(desktop, "keys");
        await keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);

        await app.do("Snippets", isPhone);
        await expect(dialog).toContainText("Commands you type");
        await isAccessible(desktop, "no snippets");
        await dialog.getByRole("button", { name: "New snippet" }).click();
        await dialog.getByRole("button", { name: "Add snippet" }).click();
        await isAccessible(desktop, "a snippet, with mistakes");
        await dialog.getByRole("textbox", { name: "Name" }).fill("Greet");
        await dialog.getByRole("textbox", { name: "Text" }).fill("echo {{word:hello}}");
        await dialog.getByRole("button", { name: "Add snippet" }).click();
        await expect(dialog.getByRole("option")).toHaveCount(1);
        await isAccessible(desktop, "snippets");
        await dialog.getByRole("button", { name: "Insert" }).click();
        await expect(dialog.getByRole("textbox", { name: "word" })).toBeVisible();
        await isAccessible(desktop, "variables of a snippet");
        await keyboard.press("Escape");
        await dialog.getByRole("button", { name: "Delete Greet" }).click();
        await isAccessible(desktop, "delete a snippet");
        await keyboard.press("Escape");
        await keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);

        await app.more("Recordings");
        await expect(dialog).toContainText("Nothing has been recorded");
        await isAccessible(desktop, "no recordings");
        await keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);
        await app.more("Record");
        await expect(page.getByRole("button", { name: "Recording: stop" })).toBeVisible();
        await app.type(COLOURS);
        await app.says("coloured");
        await page.getByRole("button", { name: "Recording: stop" }).click();
        await app.more("Recordings");
        await expect(dialog.getByRole("button", { name: /^Play / })).toBeVisible();
        await isAccessible(desktop, "recordings");
        await dialog.getByRole("button", { name: /^Play / }).click();
        await expect(dialog.getByRole("button", { name: "Play again" })).toBeVisible();
        await isAccessible(desktop, "player");
        await keyboard.press("Escape");
        await dialog.getByRole("button", { name: /^Delete / }).click();
        await isAccessible(desktop, "delete a recording");
        await keyboard.press("Escape");
        await keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);

        await page.evaluate(() => navigator.clipboard.writeText("echo one\necho two\n"));
        await app.focus();
        await keyboard.press("Control+Shift+V");
        await expect(dialog).toContainText("Paste 2 lines?");
        await isAccessible(desktop, "paste");
        await keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);
        await app.type("sleep 600");
        await expect.poll(() => app.program()).toBe("sleep");
        await keyboard.press("Control+Shift+X");
        await expect(dialog).toContainText("end sleep?");
        await isAccessible(desktop, "close with a program");
      });

      test("shells that ended and connections that were lost", async ({ desktop }) => {
        const { page } = desktop;
        const app = await alone(desktop);
        await app.type("exit 3");
        await expect(page.getByText("The shell ended (exit code 3).")).toBeVisible();
        await isAccessible(desktop, "ended");
        await page.getByRole("button", { name: "Start again" }).click();
        await expect(page.getByText("The shell ended")).toHaveCount(0);
        await page.evaluate(() => fetch("/api/servers/this-computer/disconnect", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }));
        await expect(page.getByRole("button", { name: "Reconnect" })).toBeVisible();
        await isAccessible(desktop, "lost");
        await page.locator("[data-pane]").getByRole("button", { name: "Close", exact: true }).click();
        await expect(page.getByText("Not connected to This computer")).toBeVisible();
        await isAccessible(desktop, "not connected, no terminal");
        await page.getByRole("button", { name: "Connect", exact: true }).click();
        await expect(page.getByText("No terminal is open")).toBeVisible();
        await isAccessible(desktop, "no terminal");
      });
    });
  }
}

test.describe("by the keyboard alone", () => {
  const isInTerminal = (app: ShownTerminal) => expect.poll(() => app.focusedTerminal()).not.toBeNull();

  test("tabs, panes and the search", async ({ desktop }) => {
    const { page } = desktop;
    const { keyboard } = page;
    await keyboard.press("Control+Alt+S");
    await keyboard.type("terminal");
    await keyboard.press("Enter");
    const app = new ShownTerminal(desktop);
    await expect(app.screens).toHaveCount(1);
    await isInTerminal(app);
    const first = await app.focusedTerminal();
    await keyboard.type("echo typed-$((40+2))");
    await keyboard.press("Enter");
    await app.says("typed-42");

    await keyboard.press("Control+Shift+Enter");
    await expect(page.getByRole("tab")).toHaveCount(2);
    await expect.poll(() => app.focusedTerminal()).not.toBe(first);
    await isInTerminal(app);
    const second = await app.focusedTerminal();
    await keyboard.press("Control+Shift+D");
    await expect(app.screens).toHaveCount(2);
    await expect.poll(() => app.focusedTerminal()).not.toBe(second);
    await isInTerminal(app);
    const third = await app.focusedTerminal();
    await keyboard.press("Control+Shift+E");
    await expect(app.screens).toHaveCount(3);
    await expect.poll(() => app.focusedTerminal()).not.toBe(third);
    await isInTerminal(app);
    await keyboard.press("Control+Shift+Alt+ArrowUp");
    await expect.poll(() => app.focusedTerminal()).toBe(third);
    await keyboard.press("Control+Shift+Alt+ArrowLeft");
    await expect.poll(() => app.focusedTerminal()).toBe(second);
    await keyboard.press("Control+Shift+PageUp");
    await expect.poll(() => app.focusedTerminal()).toBe(first);
    await keyboard.press("Control+Shift+PageDown");
    await expect.poll(() => app.focusedTerminal()).toBe(second);
    await keyboard.press("Control+Shift+X");
    await expect(app.screens).toHaveCount(2);
    await isInTerminal(app);

    await keyboard.press("Control+Shift+PageUp");
    await expect.poll(() => app.focusedTerminal()).toBe(first);
    await keyboard.press("Control+Shift+F");
    await expect(page.getByRole("searchbox", { name: "Search for" })).toBeFocused();
    await keyboard.type("typed");
    await expect(page.getByRole("search")).toContainText(/(\d+) of \1/);
    const last = await page.getByRole("search").innerText();
    await keyboard.press("Enter");
    // What was typed before the prompt came is shown twice, so the count is not always the same.
    await expect.poll(() => page.getByRole("search").innerText()).not.toBe(last);
    await keyboard.press("Escape");
    await expect(page.getByRole("search")).toHaveCount(0);
    await expect.poll(() => app.focusedTerminal()).toBe(first);
  });

  test("the buttons, and back into the terminal after every dialog", async ({ desktop }) => {
    const { page } = desktop;
    const { keyboard } = page;
    const app = await alone(desktop);
    const open = async (item: string) => {
      await app.focus();
      await keyboard.press("Control+Shift+Space");
      await expect(page.getByRole("tab")).toBeFocused();
      const more = page.getByRole("button", { name: "More", exact: true });
      for (let steps = 0; steps < 12 && !(await more.evaluate((button) => button === document.activeElement)); steps += 1) await keyboard.press("Tab");
      await expect(more).toBeFocused();
      await keyboard.press("Enter");
      await expect(page.getByRole("menu")).toBeVisible();
      for (let steps = 0; steps < 12 && !(await page.getByRole("menuitem", { name: item, exact: true }).evaluate((each) => each === document.activeElement)); steps += 1) await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      await expect(page.getByRole("dialog")).toBeVisible();
    };
    for (const item of ["Settings", "Keys", "Recordings"]) {
      await open(item);
      await keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await isInTerminal(app);
    }

    await keyboard.press("Control+Shift+Space");
    await expect(page.getByRole("tab")).toBeFocused();
    await keyboard.press("Escape");
    await isInTerminal(app);
    await keyboard.press("F6");
    await expect(desktop.taskbar.getByRole("button", { name: "Start" })).toBeFocused();
    await keyboard.press("Shift+F6");
    await isInTerminal(app);
  });
});
