// Every app on a server whose every name and text is an attack and whose every list is enormous: what it says is text in its place, and the desktop goes on.
import type { Locator } from "@playwright/test";
import { SCREENS } from "../support/accessible.ts";
import { EditorApp, FilesApp } from "../support/files.ts";
import { HOSTILE, type Watch } from "../support/hostile.ts";
import { expect, test } from "../support/hostileTest.ts";
import { ask } from "../support/lab.ts";
import { TerminalApp } from "../support/terminal.ts";

const ROOT = "/srv/hostile";
const VIEWS = ["Icons", "Grid", "List", "Details"];

for (const [screen, viewport] of Object.entries(SCREENS)) {
  const colorScheme = screen === "desk" ? "dark" : "light";
  const isPhone = screen === "phone";
  test.describe(`${screen}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });
    test.setTimeout(300_000);

    test("the dashboard, its commands, the ports, the servers, the settings and the palette", async ({ desktop, hostile, watch }) => {
      const { page } = desktop;
      const { keyboard } = page;
      // Three thousand processes more, while this is looked at.
      await ask(hostile, "systemctl", "start", "lab-crowd");
      for (const title of ["Containers", "Updates", "Failed services", "Filesystems", "Network", "System", "Users"]) {
        await expect(desktop.card(title), title).not.toHaveAttribute("data-state", "loading", { timeout: 60_000 });
      }
      await expect(desktop.card("System")).toContainText("<img src=x>");
      await watch.isUnharmed("dashboard");
      for (const title of ["System", "Failed services", "Network", "Filesystems", "Containers"]) {
        await desktop.card(title).getByRole("button", { name: "Show the command" }).click();
        const command = desktop.dialog("Show the command");
        await expect(command.getByRole("tab", { name: "JSON" })).toBeVisible();
        await watch.isUnharmed(`the command of ${title}`);
        await command.getByRole("tab", { name: "JSON" }).click();
        await watch.isUnharmed(`the JSON of ${title}`);
        await keyboard.press("Escape");
        await expect(command).toBeHidden();
      }
      await desktop.card("Failed services").getByRole("button", { name: /\.service/ }).first().click();
      await expect(page.getByRole("dialog")).toContainText("Unit file");
      await watch.isUnharmed("a unit");
      await keyboard.press("Escape");
      await desktop.window(/^Dashboard/).getByRole("button", { name: /^Connection details/ }).click();
      await expect(desktop.dialog("Connection details")).toContainText("ssh-ed25519");
      await watch.isUnharmed("connection details");
      await keyboard.press("Escape");

      await desktop.openApp("Port forwarding");
      const ports = desktop.window(/^Port forwarding/);
      await expect.poll(() => ports.getByRole("list", { name: "Listening ports" }).getByRole("listitem").count(), { timeout: 60_000 }).toBeGreaterThan(1000);
      await watch.isUnharmed("ports");
      await watch.answers("two thousand ports");

      for (const title of ["Servers", "Settings"]) {
        await desktop.openApp(title);
        await expect(desktop.window(new RegExp(`^${title}`))).toBeVisible();
        await watch.isUnharmed(title);
      }
      await desktop.tray.click();
      await watch.isUnharmed("switcher");
      await keyboard.press("Escape");
      await keyboard.press("Control+K");
      await keyboard.type("host");
      await watch.isUnharmed("palette");
      await keyboard.press("Escape");
      await watch.answers("three thousand processes");
      await ask(hostile, "systemctl", "stop", "lab-crowd");
    });

    test("files by every name, in every view, searched, looked into and edited", async ({ desktop, hostile, watch }) => {
      const files = await new FilesApp(desktop, hostile.name).open(`${ROOT}/names`);
      const { window } = files;
      if (!isPhone) await window.getByRole("button", { name: "Maximise" }).click();
      await files.area.focus();
      await files.press("Control+H");
      if (isPhone) await watch.isUnharmed("names");
      else {
        for (const view of VIEWS) {
          await files.button(view).click();
          await watch.isUnharmed(`names as ${view}`);
        }
        await files.press("Control+P");
      }
      // One after the other, with what a preview makes of it, and what is said of it.
      await files.area.focus();
      await files.press("Home");
      const count = await rows(files);
      expect(count).toBeGreaterThan(isPhone ? 5 : 20);
      for (let at = 0; at < HOSTILE.length - 1; at += 1) {
        if (at % 6 === 0) await properties(files, watch, `properties of name ${at}`);
        if (!isPhone) await watch.isUnharmed(`preview of name ${at}`);
        await files.press("ArrowDown");
      }
      for (const folder of ["folders", "links", "pipes", "kinds", "mounts", "archives", "contents"]) {
        await files.goTo(`${ROOT}/${folder}`);
        await watch.isUnharmed(folder);
        await files.area.focus();
        await files.press("End");
        await watch.isUnharmed(`the end of ${folder}`);
      }
      await files.goTo(`${ROOT}/many`);
      await files.area.focus();
      // They are empty, and there is nothing of them to be previewed.
      if (!isPhone) await files.press("Control+P");
      await files.press("End");
      await watch.isUnharmed("the end of twenty thousand");
      await files.press("Control+A");
      await watch.answers("twenty thousand chosen");
      await watch.isUnharmed("twenty thousand chosen");
      await files.press("Escape");
      await files.goTo(`${ROOT}/deep/${Array.from({ length: 100 }, () => `<b>${"d".repeat(20)}`).join("/")}`);
      await watch.isUnharmed("a hundred folders deep");

      await files.goTo(ROOT);
      for (const [keys, words] of [
        ["Control+F", "a"],
        ["Control+Shift+F", "<"],
      ] as const) {
        await files.area.focus();
        await files.press(keys);
        await files.page.keyboard.type(words);
        await files.press("Enter");
        await expect.poll(() => rows(files), { timeout: 60_000 }).toBeGreaterThan(3);
        await watch.isUnharmed(`found by ${keys}`);
        await files.press("Escape", "Escape");
      }
      await watch.answers("after the searches");
    });

    test("files in the editor and the viewer, and what lies in the recycle bin", async ({ desktop, hostile, watch }) => {
      const editor = new EditorApp(desktop, hostile.name);
      await desktop.openApp("Text Editor");
      for (const name of ["strings.py", "texts.log", "right.txt", "one-line.txt", "nested.json"]) {
        await editor.openPath(`${ROOT}/contents/${name}`);
        await expect(editor.tab(new RegExp(name))).toBeVisible();
        await watch.isUnharmed(`editor, ${name}`);
      }
      await watch.answers("five files in the editor");
      await editor.window.getByRole("button", { name: "Close", exact: true }).click();

      const viewer = desktop.window(`Viewer – ${hostile.name}`);
      const files = await new FilesApp(desktop, hostile.name).open(ROOT);
      const shown = ["contents/strings.txt", "contents/texts.md", "contents/texts.csv", "contents/keys.json", "contents/nested.json", "contents/wide.csv", "contents/one-line.txt", "archives/hostile.tar", "archives/hostile.zip"];
      for (const path of shown) {
        const [folder, name = ""] = path.split("/");
        await files.goTo(`${ROOT}/${folder}`);
        await files.menu(name, "Open in the viewer");
        await expect(viewer.getByRole("heading", { name })).toBeVisible();
        await expect(viewer.getByRole("button", { name: "View as: not known yet" })).toBeHidden();
        if (name.endsWith(".md")) await expect(viewer.getByRole("region", { name: "Document" })).toBeVisible();
        await watch.isUnharmed(`viewer, ${path}`);
        await viewer.getByRole("button", { name: "Close" }).click();
      }

      await desktop.openApp("Recycle Bin");
      const bin = desktop.window(`Recycle Bin – ${hostile.name}`);
      await expect(bin.locator("footer")).toContainText(/\d{4} items/, { timeout: 60_000 });
      await watch.isUnharmed("recycle bin");
      await bin.getByRole("textbox", { name: "Filter deleted items" }).fill("<");
      await watch.isUnharmed("recycle bin, filtered");
      await watch.answers("two thousand deleted items");
    });

    test("a terminal shows every string, and types nothing by itself", async ({ desktop, hostile, watch }) => {
      const app = new TerminalApp(desktop, hostile.name);
      const pane = await app.open();
      await watch.isUnharmed("the greeting");
      // What was asked in the greeting was answered into the shell's line.
      await pane.press("Control+C");
      await pane.run("PS1='$ '; clear");
      // Where the cursor is and what the terminal can do may be asked; its title, its colours and the clipboard may not.
      const [answers] = await pane.run(`stty -echo; cat ${ROOT}/contents/strings.txt; IFS= read -rs -t 1 -d '' got; stty echo; clear; printf '%q\\n' "$got"`);
      expect(answers).toMatch(/^\$?'(\\E\[[\d;?>]*[Rcn])*'$/);
      expect(await pane.run("echo $((6 * 7))")).toContain("42");
      await watch.isUnharmed("every string");
      await watch.answers("every string");
    });
  });
}

/** How many items are drawn. */
async function rows(files: FilesApp): Promise<number> {
  return files.area.locator("[data-at]").count();
}

async function properties(files: FilesApp, watch: Watch, state: string): Promise<void> {
  const dialog: Locator = files.page.getByRole("dialog").filter({ hasText: "Permissions" });
  await files.press("Alt+Enter");
  await expect(dialog).toBeVisible();
  await watch.isUnharmed(state);
  await files.press("Escape");
  await expect(dialog).toBeHidden();
}
