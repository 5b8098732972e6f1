// The search in the content of files on a real server: what is found is what grep finds there, and it opens where it was found.
import type { Locator } from "@playwright/test";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import { EditorApp, menuItem, type FilesApp, type HostFolder } from "../support/files.ts";
import { expect, test } from "../support/filesTest.ts";
import { askStatus } from "../support/lab.ts";

/** Not text, and hard for a shell: the name of a file with a hit. */
const ODD = "odd <b>\nname $(id) 'q'";
const SHOWN_ODD = "odd <b>␊name $(id) 'q'";
const SCRIPT = `mkdir -p conf.d/deep .hid
printf 'user www;\\n\\tlisten 80;\\n  # Listen here\\nlisten 443;\\nlisten 9;\\n' >nginx.conf
{ printf '%0700d needle' 0; printf ' end\\n'; } >far.txt
printf 'first\\n<img src=x onerror=alert(1)> needle\\n\\033[31mneedle\\342\\200\\256 \\374\\n' >"$(printf 'odd <b>\\nname $(id) %sq%s' "'" "'")"
seq 1 3000 | sed 's/^2345$/2345 needle/' >conf.d/deep/long.txt
printf 'needle\\n' >.hid/secret; printf 'bin\\0needle' >conf.d/raw.bin`;

/** The field, which is about content. */
function field(files: FilesApp): Locator {
  return files.window.getByRole("textbox", { name: "Search in the content of files below with Enter" });
}

/** The lines that are shown of an item, each with its number. */
function lines(files: FilesApp, name: string): Locator {
  return files.item(name).getByRole("button", { name: /^Line / });
}

async function says(files: FilesApp, words: string | RegExp): Promise<void> {
  await expect(files.window.locator("[data-active-pane] footer").getByRole("status")).toContainText(words);
}

async function searchByKeys(files: FilesApp, text: string): Promise<void> {
  await files.press("Control+Shift+F");
  await expect(field(files)).toBeFocused();
  await files.page.keyboard.type(text);
  await files.press("Enter");
  await expect(files.area).toBeFocused();
}

/** Paths that grep finds in the folder without the product. */
async function grep(folder: HostFolder, ...options: string[]): Promise<string[]> {
  return (await folder.sh(`grep -rlI --null ${options.join(" ")} . || :`)).split("\0").slice(0, -1).toSorted();
}

/** The editor shows this line in its middle, with the cursor in it. */
async function isAtLine(editor: EditorApp, line: number): Promise<void> {
  await expect(editor.button(new RegExp(`^Line ${line},`))).toBeVisible();
  const at = editor.text.locator(".cm-activeLine");
  await expect(at).toBeVisible();
  await expect
    .poll(async () => {
      const [row, view] = await Promise.all([at.boundingBox(), editor.window.locator(".cm-scroller").boundingBox()]);
      return row === null || view === null ? null : Math.round(((row.y - view.y) / view.height) * 10);
    })
    .toBeGreaterThanOrEqual(4);
  await expect(editor.text).toBeFocused();
}

test("what files hold is found by the pointer, shown as it is, and opened at its line", async ({ folder, openFiles, desktop, richHost }) => {
  await folder.sh(SCRIPT);
  const files = await openFiles();
  const { page, window } = files;
  await files.button("What is searched: names").click();
  await page.getByRole("menuitemradio", { name: "Content of files" }).click();
  await expect(field(files)).toBeFocused();
  const all = await files.shown();
  await field(files).pressSequentially("needle");
  expect(await files.shown()).toEqual(all);
  await field(files).press("Enter");
  await says(files, "3 files found");
  await files.shows("far.txt", "long.txt", SHOWN_ODD);
  expect(await grep(folder, "--exclude-dir=.hid", "needle")).toEqual(["./conf.d/deep/long.txt", "./far.txt", `./${ODD}`]);

  await expect(lines(files, "long.txt")).toHaveText(["Line 2345" + "2345 needle"]);
  const odd = lines(files, SHOWN_ODD);
  await expect(odd).toHaveText(["Line 2<img src=x onerror=alert(1)> needle", "Line 3␛[31mneedle<U+202E> \\xFC"]);
  await expect(files.area.locator("img")).toHaveCount(0);
  await expect(odd.first().locator("mark")).toHaveText("needle");
  // A match far to the right is in sight.
  const far = lines(files, "far.txt").locator("mark");
  await expect(far).toHaveText("needle");
  const [mark, area] = [await far.boundingBox(), await files.area.boundingBox()];
  expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThan((area?.x ?? 0) + (area?.width ?? 0));

  await lines(files, "long.txt").click();
  const editor = new EditorApp(desktop, richHost.name);
  await editor.shows("2345 needle");
  await isAtLine(editor, 2345);
  // It is open: another line of it is gone to as well.
  await folder.sh("sed -i 's/^17$/17 needle/' conf.d/deep/long.txt");
  await editor.window.getByRole("button", { name: "Close", exact: true }).first().click();
  await files.button("Reload (F5)").click();
  await expect(lines(files, "long.txt")).toHaveCount(2);
  await lines(files, "long.txt").nth(1).click();
  await isAtLine(editor, 2345);
  await desktop.openApp("File Explorer");
  await lines(files, "long.txt").first().click();
  await expect(editor.button(/^Line 17,/)).toBeVisible();

  await desktop.openApp("File Explorer");
  await files.menu("far.txt", "Move to the Recycle Bin");
  await files.shows("long.txt", SHOWN_ODD);
  expect(await folder.names()).not.toContain("far.txt");
  await window.getByRole("button", { name: "Close", exact: true }).last().click();
  await files.isIn(folder.path);
});

test("all of it goes by keys alone", async ({ folder, openFiles, desktop, richHost }) => {
  await folder.sh(SCRIPT);
  const files = await openFiles();
  await files.area.focus();
  await searchByKeys(files, "listen");
  await says(files, "1 file found");
  await expect(files.item("nginx.conf").locator("mark")).toHaveText(["listen", "Listen", "listen"]);
  await expect(files.item("nginx.conf")).toContainText("and 1 more line");
  await files.press("ArrowDown", "ArrowRight");
  await expect(lines(files, "nginx.conf").first()).toBeFocused();
  await files.press("ArrowDown", "ArrowDown", "ArrowDown", "Enter");
  await expect(lines(files, "nginx.conf")).toHaveCount(4);
  await files.press("ArrowUp", "ArrowDown", "ArrowLeft");
  await expect(files.area).toBeFocused();
  await files.press("ArrowRight", "ArrowDown", "ArrowDown", "Enter");
  const editor = new EditorApp(desktop, richHost.name);
  await editor.shows("listen 443");
  await expect(editor.button(/^Line 4,/)).toBeVisible();
  await expect(editor.text).toBeFocused();

  await desktop.openApp("File Explorer");
  await expect(files.area).toBeFocused();
  await files.press("Enter");
  await expect(editor.button(/^Line 2,/)).toBeVisible();
  await desktop.openApp("File Explorer");
  await files.press("Escape", "Escape");
  await files.isIn(folder.path);
  // Nothing is searched for nothing, and a text that was typed goes along to the other kind of search.
  await files.press("Control+Shift+F");
  await expect(field(files)).toHaveValue("listen");
  await field(files).fill("");
  await files.press("Enter");
  await expect(field(files)).toBeFocused();
  await files.isIn(folder.path);
  await files.page.keyboard.type("nginx");
  await files.press("Control+F");
  await files.shows("nginx.conf");
  await expect(files.filter).toHaveValue("nginx");
  await files.press("Escape");
});

test("of a file too large to be edited it is said that its lines are not counted", async ({ folder, openFiles, desktop, richHost }) => {
  await folder.sh("{ yes filler | head -n 700000; echo needle; } >big.log");
  const files = await openFiles();
  await files.area.focus();
  await searchByKeys(files, "needle");
  await expect(lines(files, "big.log")).toHaveText(["Line 700001needle"]);
  await lines(files, "big.log").click();
  await expect(new EditorApp(desktop, richHost.name).window).toContainText("line 700,001 cannot be gone to");
});

test("case, patterns and hidden files are up to the person, and what goes wrong is said", async ({ folder, openFiles }) => {
  await folder.sh(SCRIPT);
  await folder.asRoot("echo needle >locked; chmod 600 locked");
  const files = await openFiles();
  const { window } = files;
  await files.area.focus();
  await searchByKeys(files, "Listen");
  await says(files, "1 file found");
  await expect(files.area.locator("mark")).toHaveCount(3);
  await files.button("Match case").click();
  await expect(files.area.locator("mark")).toHaveText(["Listen"]);
  await expect(files.button("Match case")).toHaveAttribute("aria-pressed", "true");
  await files.button("Match case").click();

  await files.button("Regular expression").click();
  await field(files).fill("^listen [0-9]{2,}|ne+dle$");
  await field(files).press("Enter");
  await files.shows("long.txt", "nginx.conf", SHOWN_ODD);
  await expect(files.area.locator("mark")).toHaveText(["needle", "listen 443", "needle"]);
  await expect(window.getByText("1 file could not be read")).toBeVisible();
  await field(files).fill("(listen");
  await field(files).press("Enter");
  await expect(files.area.getByRole("heading")).toHaveText("This regular expression cannot be used");
  await expect(files.area.getByRole("alert")).toContainText(/Unmatched \(/);
  await expect(files.area.getByRole("alert")).toContainText("(listen");

  await field(files).fill("no such text");
  await field(files).press("Enter");
  await expect(files.area.getByRole("heading")).toHaveText("Nothing found for “no such text”");
  await expect(files.area).toContainText("1 file could not be read");
  await expect(files.area).not.toContainText("looked at");
  await files.button("Back to the folder").click();
  await files.isIn(folder.path);

  await files.area.focus();
  await files.press("Control+H");
  await searchByKeys(files, "^needle$");
  await files.shows("secret");
  await files.press("Control+H");
});

test("of very many files the first are shown, and a search is stopped, on the server too", async ({ folder, openFiles, richHost }) => {
  test.slow();
  await folder.sh("mkdir many; cd many; seq 5100 | sed 's/$/ needle/' | split -l 1 -a 4 - f");
  const files = await openFiles();
  await files.area.focus();
  await searchByKeys(files, "needle");
  await says(files, "The first 5,000 files; there are more");
  await files.press("End");
  await expect(files.area.locator("[data-at='4999']")).toHaveAttribute("aria-selected", "true");
  await expect(files.area.locator("[data-at='4999']")).toBeInViewport();
  expect(await files.area.locator("[data-at]").count()).toBeLessThan(100);
  await files.press("Escape", "Escape");
  await files.isIn(folder.path);

  // A pattern that grep itself takes long for, in a folder where there is much to read.
  await files.goTo("/usr");
  await files.button("Regular expression").click();
  await searchByKeys(files, "(.)(.)(.)(.)(.).*\\5\\4\\3\\2\\1.*\\1\\2\\3\\4\\5.*\\5\\4\\3\\2\\1$");
  const looking = () => askStatus(richHost, "pgrep", "-f", "grep -rHn .*/usr");
  await expect.poll(async () => (await looking()).code).toBe(0);
  await says(files, /found, searching/);
  await files.window.getByRole("button", { name: "Stop", exact: true }).click();
  await says(files, /found; stopped/);
  await expect.poll(async () => (await looking()).code).toBe(1);
  await files.area.press("Escape");
  await files.isIn("/usr");
});

test("the tree of folders shows where one is, and leaves the focus alone", async ({ folder, openFiles }) => {
  await folder.sh("mkdir -p deep/deeper; echo x >deep/deeper/x");
  const files = await openFiles();
  const places = files.window.getByRole("navigation", { name: "Places" });
  const here = (name: string) => places.getByRole("treeitem", { name, exact: true });
  await expect(here(folder.name)).toBeInViewport({ ratio: 1 });
  await files.select("deep");
  await files.press("Enter");
  await files.isIn(`${folder.path}/deep`);
  await expect(here("deep")).toBeInViewport({ ratio: 1 });
  await files.goTo("/usr");
  await expect(here("usr")).toBeInViewport({ ratio: 1 });
  await expect(files.area).toBeFocused();
  // Who chooses among the places keeps them where they are; the tree goes on by its keys.
  await here("bin").focus();
  await files.press("ArrowDown", "Enter");
  await files.isIn("/boot");
  await expect(here("boot")).toBeFocused();
  await files.press("ArrowRight", "ArrowLeft", "ArrowLeft");
  await expect(here("/")).toBeFocused();
});

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test(`everyone can use it, on a ${screen}`, async ({ folder, page, openFiles, desktop }) => {
    await page.setViewportSize(viewport);
    await folder.sh(SCRIPT);
    const files = await openFiles();
    await files.area.focus();
    await searchByKeys(files, "listen");
    await says(files, "1 file found");
    await files.press("ArrowDown", "ArrowRight");
    await isAccessibleInBoth(desktop, "lines of a file, one with the focus");
    await files.button(/^What is searched/).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await isAccessibleInBoth(desktop, "names or content");
    if (screen === "phone") {
      await page.getByRole("menuitemcheckbox", { name: "Regular expression" }).click();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("menu")).toBeHidden();
    } else {
      await page.keyboard.press("Escape");
      await files.button("Regular expression").click();
    }
    await field(files).fill("[");
    await field(files).press("Enter");
    await expect(files.area.getByRole("alert")).toBeVisible();
    await isAccessibleInBoth(desktop, "a pattern that is none");
    await field(files).fill("no such text");
    await field(files).press("Enter");
    await expect(files.area.getByRole("heading")).toHaveText(/^Nothing found/);
    await isAccessibleInBoth(desktop, "nothing found");
    await expect(menuItem(page, "Open")).toHaveCount(0);
  });
}
