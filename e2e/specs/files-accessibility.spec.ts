// Every state of the File Explorer, the Recycle Bin, the Text Editor and the Viewer against axe, in dark and light, on a large screen and on a phone.
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { typeName } from "../support/confirm.ts";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { Desktop } from "../support/desktop.ts";
import { EditorApp, FilesApp, menuItem } from "../support/files.ts";
import type { Program } from "../support/program.ts";
import { expect, test } from "../support/test.ts";

test.use({ usesThisComputer: true });

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFUlEQVQI12P8z8AARAwMTAxwABMAADAMBAFzy5u2AAAAAElFTkSuQmCC";

/** Some of everything in a folder of the home that the program's own person has. */
function fill(program: Program): string {
  const folder = join(program.folder, "home", "work");
  mkdirSync(join(folder, "folder", "inner"), { recursive: true });
  mkdirSync(join(folder, "to"));
  for (const place of ["note.txt", "to/note.txt", "conf.ini", ".hidden", "folder/a", "app.log"]) writeFileSync(join(folder, place), "[part]\nkey = value # words\n");
  writeFileSync(join(folder, "table.csv"), "name,size\na,1\nb,2\n");
  writeFileSync(join(folder, "tree.json"), '{"key":[1,true,null,"text"]}');
  writeFileSync(join(folder, "doc.md"), "# Title\n\nText with `code` and [a link](https://example.test/).\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
  writeFileSync(join(folder, "dot.png"), Uint8Array.from(Buffer.from(PNG, "base64")));
  writeFileSync(join(folder, "raw.bin"), Uint8Array.from(Array.from({ length: 999 }, (_, at) => (at * 7) % 256)));
  symlinkSync("folder", join(folder, "way"));
  symlinkSync("nowhere", join(folder, "broken"));
  chmodSync(join(folder, "conf.ini"), 0o640);
  return folder;
}

/** The explorer without another window, which has tests of its own. */
async function alone(desktop: Desktop, folder: string): Promise<FilesApp> {
  await desktop.isConnected("This computer");
  await desktop.window("Dashboard – This computer").getByRole("button", { name: "Close" }).click();
  return new FilesApp(desktop, "This computer").open(folder);
}

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport, colorScheme: "dark" });
    const isPhone = screen === "phone";

    test("the explorer, its menus, dialogs and transfers, and the Recycle Bin", async ({ desktop, program }) => {
      const folder = fill(program);
      const files = await alone(desktop, folder);
      const { page, window } = files;
      const dialog = page.getByRole("dialog");
      await isAccessibleInBoth(desktop, "items");
      await window.getByRole("button", { name: "Type a path" }).click();
      await window.getByRole("combobox", { name: "Path" }).fill(`${folder}/`);
      await expect(window.getByRole("option").first()).toBeVisible();
      await isAccessibleInBoth(desktop, "path bar with folders that fit");
      await page.keyboard.press("Escape");
      await files.filter.fill("no such item");
      await expect(files.area.getByRole("heading")).toBeVisible();
      await isAccessibleInBoth(desktop, "filter without a match");
      await files.filter.press("Escape");

      if (isPhone) {
        await files.button("Show the sidebar").click();
        await expect(desktop.dialog("Places")).toBeVisible();
        await isAccessibleInBoth(desktop, "places");
        await page.keyboard.press("Escape");
      } else {
        // The places have been looked at; each look at them takes as long as the rest.
        await files.button("Hide the sidebar").click();
        for (const view of ["Icons", "Grid", "List", "Details"]) {
          await files.button(view).click();
          await files.select("note.txt", "folder");
          await isAccessibleInBoth(desktop, `as ${view}, two selected`);
        }
        await files.button("Columns").click();
        await expect(page.getByRole("menu")).toBeVisible();
        await isAccessibleInBoth(desktop, "columns");
        await page.keyboard.press("Escape");
        await files.button(/^Preview/).click();
        await files.select("note.txt");
        await expect(window.getByRole("group", { name: "Start of the file" })).toBeVisible();
        await files.button("Two panes").click();
        await expect(window.locator("[data-files-area]")).toHaveCount(2);
        await isAccessibleInBoth(desktop, "preview and two panes");
        await files.button("Two panes").click();
        await files.button("Close the preview").click();
      }
      await files.button("More").click();
      await expect(page.getByRole("menu")).toBeVisible();
      await isAccessibleInBoth(desktop, "more");
      await page.keyboard.press("Escape");
      await files.openMenu("folder");
      await isAccessibleInBoth(desktop, "menu of an item");
      await menuItem(page, "Properties").click();
      await expect(dialog.getByRole("textbox", { name: "Octal" })).toBeVisible();
      await expect(dialog).not.toContainText("counting");
      await dialog.getByRole("checkbox", { name: "For everything in the folder as well" }).check();
      await dialog.getByRole("checkbox", { name: "With permissions for files" }).check();
      await dialog.getByRole("textbox", { name: "Octal" }).first().fill("9");
      await isAccessibleInBoth(desktop, "properties, with a mistake");
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await files.menu("folder", "Delete for good");
      await expect(dialog.getByRole("status").first()).not.toContainText("counting");
      await isAccessibleInBoth(desktop, "delete");
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await files.menu("note.txt", "Make a link to it");
      await isAccessibleInBoth(desktop, "new link, with a name that is taken");
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await files.menu("note.txt", "Rename");
      await expect(files.area.getByRole("textbox")).toBeFocused();
      await isAccessibleInBoth(desktop, "renaming");
      await page.keyboard.press("Escape");
      await files.area.press("Control+A");
      await files.area.press("F2");
      await expect(dialog).toBeVisible();
      await isAccessibleInBoth(desktop, "rename by a pattern");
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await files.area.press("Escape");
      await expect(files.area.locator("[aria-selected=true]")).toHaveCount(0);

      await files.menu("note.txt", "Copy");
      if (isPhone) await files.menu("to", "Paste into this folder");
      else {
        await files.goTo(`${folder}/to`);
        await files.area.press("Control+V");
      }
      const question = window.getByRole("group", { name: "note.txt is there already" });
      await expect(question).toBeVisible();
      await isAccessibleInBoth(desktop, "transfers with a question");
      await question.getByRole("button", { name: "Keep both" }).click();
      await files.says(/Copied/);
      await isAccessibleInBoth(desktop, "transfers, ended, and news");
      await files.button("Hide transfers").click();

      await files.goTo(folder);
      await files.menu("app.log", "Move to the Recycle Bin");
      await files.says(/Recycle Bin/);
      await desktop.openApp("Recycle Bin");
      const bin = desktop.window("Recycle Bin – This computer");
      await bin.locator("[data-at]").click();
      await isAccessibleInBoth(desktop, "Recycle Bin, one selected");
      await bin.getByRole("button", { name: "Empty Recycle Bin" }).click();
      await isAccessibleInBoth(desktop, "empty the Recycle Bin");
      const empty = dialog.getByRole("button", { name: /^Empty Recycle Bin/ });
      await typeName(dialog, empty);
      await empty.click();
      await expect(bin.getByRole("heading", { name: "The Recycle Bin is empty" })).toBeVisible();
      await isAccessibleInBoth(desktop, "Recycle Bin, empty");
    });

    test.describe("with a file that changes meanwhile", () => {
      test.use({ expectedErrors: [/status of 40[49]/] });

      test("the editor and the viewer", async ({ desktop, program }) => {
        const folder = fill(program);
        const files = await alone(desktop, folder);
        const { page } = files;
        if (!isPhone) await files.button("Hide the sidebar").click();
        await files.menu("conf.ini", "Open in the editor");
        const editor = new EditorApp(desktop, "This computer");
        await editor.shows("value");
        await isAccessibleInBoth(desktop, "editor");
        await page.keyboard.press("Control+F");
        await isAccessibleInBoth(desktop, "editor, search");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+G");
        await expect(desktop.dialog("Go to a line")).toBeVisible();
        await isAccessibleInBoth(desktop, "go to a line");
        await page.keyboard.press("Escape");
        await editor.button(/^Encoding/).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await isAccessibleInBoth(desktop, "encoding");
        await page.keyboard.press("Escape");
        await editor.append("mine");
        await page.keyboard.press("Alt+R");
        await expect(editor.window).toContainText("What is saved, beside what was opened.");
        await isAccessibleInBoth(desktop, "editor, review");
        await editor.button("Back to the text").click();
        writeFileSync(join(folder, "conf.ini"), "[part]\nkey = theirs\n");
        await editor.save();
        await expect(editor.button("Save mine over it")).toBeVisible();
        await isAccessibleInBoth(desktop, "editor, conflict");
        await editor.button("Take the server's").click();
        await editor.isSaved("conf.ini");
        await editor.openPath(`${folder}/raw.bin`);
        await expect(editor.window.getByText("This does not look like text")).toBeVisible();
        await isAccessibleInBoth(desktop, "editor, no text");
        await editor.openPath(`${folder}/absent`);
        await expect(editor.window.getByRole("heading", { name: "There is no such file" })).toBeVisible();
        await isAccessibleInBoth(desktop, "editor, no such file");
        await editor.window.getByRole("button", { name: "Close", exact: true }).first().click();

        const viewer = desktop.window("Viewer – This computer");
        for (const [name, shown] of [
          ["dot.png", "3 × 2"],
          ["doc.md", "Title"],
          ["table.csv", "2 rows"],
          ["tree.json", "key"],
          ["raw.bin", "00000000"],
          ["note.txt", "value"],
        ] as const) {
          await files.menu(name, "Open in the viewer");
          await expect(viewer).toContainText(shown);
          await isAccessibleInBoth(desktop, `viewer, ${name}`);
          await viewer.getByRole("button", { name: "Close", exact: true }).click();
        }
      });
    });
  });
}
