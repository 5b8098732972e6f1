// The File Explorer on a real server: what is done in the page, and that the host's disk has it so.
import { typeName } from "../support/confirm.ts";
import { menuItem } from "../support/files.ts";
import { expect, test } from "../support/filesTest.ts";

/** Names that are hard to carry: for a shell, for a protocol, for a page. The last one is not text. */
const HARD_NAMES = ["a b  c", "it's \"so\"", "two\nlines", "🦊 fuchs", "-rf", "$(id)`;&|", "ünï", "* ?[x]"];

test("a folder is sorted, filtered, gone through by letters and shown in every view", async ({ folder, openFiles }) => {
  await folder.sh("mkdir -p zeta; echo >.secret; head -c 10 /dev/zero >file10.txt; head -c 3000 /dev/zero >file9.txt; head -c 200 /dev/zero >Apple.log; touch -d 2001-01-01 Apple.log");
  const files = await openFiles();
  const { page, window } = files;
  await files.shows("zeta", "Apple.log", "file9.txt", "file10.txt");
  await expect(files.item("file9.txt")).toContainText("2.93 KiB");
  await expect(files.item("file9.txt")).toContainText("rw-r--r--");
  await expect(files.item("file9.txt").getByRole("gridcell", { name: "ops" })).toHaveCount(2);
  const header = (name: string) => window.getByRole("columnheader", { name });
  await header("Size").getByRole("button").first().click();
  await files.shows("zeta", "file9.txt", "Apple.log", "file10.txt");
  await expect(header("Size")).toHaveAttribute("aria-sort", "descending");
  await header("Size").getByRole("button").first().click();
  await files.shows("zeta", "file10.txt", "Apple.log", "file9.txt");
  await window.getByRole("button", { name: "Sort" }).click();
  await page.getByRole("menuitemradio", { name: "Modified" }).click();
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await files.shown())[1]).toBe("Apple.log");
  await header("Name").getByRole("button", { name: "Name" }).click();
  await files.shows("zeta", "Apple.log", "file9.txt", "file10.txt");

  await files.area.focus();
  await files.press("Control+H");
  await files.shows("zeta", ".secret", "Apple.log", "file9.txt", "file10.txt");
  await files.press("Control+H");
  await expect(files.item(".secret")).toHaveCount(0);

  await files.press("/");
  await expect(files.filter).toBeFocused();
  await page.keyboard.type("file");
  await files.shows("file9.txt", "file10.txt");
  await files.press("Escape");
  await files.shows("zeta", "Apple.log", "file9.txt", "file10.txt");
  await expect(files.area).toBeFocused();
  await files.press("f", "i", "l", "e", "1");
  await expect(files.item("file10.txt")).toHaveAttribute("aria-selected", "true");

  for (const view of ["Icons", "Grid", "List", "Details"]) {
    await files.button(view).click();
    await expect(files.button(view)).toHaveAttribute("aria-pressed", "true");
    await files.shows("zeta", "Apple.log", "file9.txt", "file10.txt");
    await files.select("file9.txt");
    await expect(files.item("file9.txt")).toHaveAttribute("aria-selected", "true");
  }
});

test.describe("with a name that is taken", () => {
  test.use({ expectedErrors: [/status of 409/] });

  test("a folder, a file and a link are made and renamed, never over another", async ({ folder, openFiles }) => {
    const files = await openFiles();
    await expect(files.area).toContainText("This folder is empty");
    await files.create("Folder", "made");
    await files.shows("made");
    await files.create("File", "new.txt");
    await files.create("Link", "way", "made");
    await files.shows("made", "way", "new.txt");
    expect(await folder.sh("stat -c '%n %F' made new.txt; readlink way")).toBe("made directory\nnew.txt regular empty file\nmade\n");

    await files.select("new.txt");
    await files.rename("other name.txt");
    await files.says("Renamed new.txt to other name.txt");
    await files.shows("made", "way", "other name.txt");
    await expect(files.item("other name.txt")).toHaveAttribute("aria-selected", "true");
    expect(await folder.names()).toEqual(["made", "other name.txt", "way"]);
    await files.press("Control+Z");
    await files.says("Undone");
    await expect.poll(() => folder.names()).toEqual(["made", "new.txt", "way"]);

    await folder.sh("echo precious >there.txt");
    await files.press("F5");
    await files.shows("made", "way", "new.txt", "there.txt");
    await files.select("new.txt");
    await files.rename("there.txt");
    await files.says("Could not rename new.txt");
    await files.says(/there\.txt|name is taken|already/i);
    expect(await folder.names()).toEqual(["made", "new.txt", "there.txt", "way"]);
    expect(await folder.read("there.txt")).toBe("precious\n");

    await files.button("New").first().click();
    await menuItem(files.page, "Folder").click();
    await files.dialog("New folder").getByRole("textbox", { name: "Name" }).fill("made");
    await expect(files.dialog("New folder")).toContainText("The name is taken.");
    await expect(files.dialog("New folder").getByRole("button", { name: "Create folder" })).toBeDisabled();
  });
});

test("items are copied, cut, pasted and duplicated by the keyboard, and moved by the pointer", async ({ folder, openFiles }) => {
  await folder.sh("mkdir -p into/deep tree/sub; echo one >one.txt; echo two >two.txt; echo leaf >tree/sub/leaf; chmod 600 one.txt; touch -d 2020-02-02 one.txt; ln -s sub tree/link");
  const files = await openFiles();
  await files.select("one.txt", "tree");
  await files.press("Control+C");
  await files.says("Copied 2 items");
  await files.openItem("into");
  await files.isIn(`${folder.path}/into`);
  await files.press("Control+V");
  await files.says("Copied 2 items to into");
  await files.shows("deep", "tree", "one.txt");
  expect(await folder.sh("diff -r --no-dereference tree into/tree && cat into/one.txt && stat -c '%a %Y' one.txt into/one.txt | uniq | wc -l && readlink into/tree/link")).toBe("one\n1\nsub\n");

  await files.press("Alt+ArrowUp");
  await files.isIn(folder.path);
  await files.select("two.txt");
  await files.press("Control+X");
  await files.openItem("into");
  await files.isIn(`${folder.path}/into`);
  await files.press("Control+V");
  await files.says("Moved two.txt to into");
  await files.shows("deep", "tree", "one.txt", "two.txt");
  expect(await folder.sh("test ! -e two.txt; cat into/two.txt")).toBe("two\n");
  await files.press("Control+Z");
  await files.says("Undone");
  await expect.poll(() => folder.sh("ls")).toBe("into\none.txt\ntree\ntwo.txt\n");

  await files.goTo(folder.path);
  await files.select("one.txt");
  await files.press("Control+D");
  await files.shows("into", "tree", "one copy.txt", "one.txt", "two.txt");
  expect(await folder.read("one copy.txt")).toBe("one\n");

  await files.select("one copy.txt", "two.txt");
  await files.grip("two.txt").dragTo(files.grip("into"));
  await files.says("Moved 2 items to into");
  await files.shows("into", "tree", "one.txt");
  expect(await folder.sh("cat 'into/one copy.txt' into/two.txt")).toBe("one\ntwo\n");
  await files.grip("tree").dragTo(files.window.getByRole("navigation", { name: "Path" }).getByRole("button", { name: "ops" }));
  await files.says("Moved tree to ops");
  await expect(files.item("tree")).toHaveCount(0);
  await files.news.getByRole("button", { name: "Undo" }).click();
  await files.shows("into", "tree", "one.txt");
  expect(await folder.sh("cat tree/sub/leaf")).toBe("leaf\n");
});

test("a name that is taken is asked about, and both are kept", async ({ folder, openFiles }) => {
  await folder.sh("mkdir to; echo new >a.txt; echo old >to/a.txt; echo new >b.txt; echo old >to/b.txt");
  const files = await openFiles();
  const question = (name: string) => files.window.getByRole("region", { name: "Transfers" }).getByRole("group", { name: `${name} is there already` });
  await files.select("a.txt", "b.txt");
  await files.press("Control+C");
  await files.goTo(`${folder.path}/to`);
  await files.press("Control+V");
  await question("a.txt").getByRole("button", { name: "Keep both" }).click();
  await question("b.txt").getByRole("button", { name: "Replace", exact: true }).click();
  await files.says("Copied 2 items to to");
  expect((await folder.sh("ls to")).trim().split("\n")).toHaveLength(3);
  expect(await folder.sh("cat to/a.txt to/b.txt")).toBe("old\nnew\n");
});

test("deleted items come back by Undo and from the Recycle Bin, and go for good from there", async ({ folder, desktop, openFiles, richHost }) => {
  await folder.sh("mkdir 'my things'; echo a >'my things/a'; echo b >b.txt; echo c >c.txt");
  const files = await openFiles();
  await files.select("my things", "b.txt");
  await files.press("Delete");
  await files.says("Moved 2 items to the Recycle Bin");
  await files.shows("c.txt");
  expect(await folder.names()).toEqual(["c.txt"]);
  await files.news.getByRole("button", { name: "Undo" }).click();
  await files.shows("my things", "b.txt", "c.txt");
  expect(await folder.sh("cat 'my things/a' b.txt")).toBe("a\nb\n");

  await files.select("my things", "b.txt", "c.txt");
  await files.press("Delete");
  await expect(files.area).toContainText("This folder is empty");
  await files.window.getByRole("navigation", { name: "Places" }).getByRole("button", { name: "Recycle Bin" }).click();
  const bin = desktop.window(`Recycle Bin – ${richHost.name}`);
  // Other tests delete too.
  await bin.getByRole("textbox", { name: "Filter deleted items" }).fill(folder.name);
  const row = (name: string) => bin.getByRole("row").filter({ has: files.page.getByText(name, { exact: true }) });
  await expect(bin.getByRole("grid").locator("[data-at]")).toHaveCount(3);
  await expect(row("my things")).toContainText(folder.path);
  await row("my things").click();
  await bin.getByRole("button", { name: "Restore" }).click();
  await expect(bin.getByRole("status")).toContainText("Restored my things to where it was");
  expect(await folder.sh("cat 'my things/a'")).toBe("a\n");

  await row("b.txt").click();
  await files.press("Delete");
  const question = desktop.dialog("Delete b.txt for good?");
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await question.getByRole("button", { name: "Delete b.txt" }).click();
  await expect(row("b.txt")).toHaveCount(0);
  await row("c.txt").click({ button: "right" });
  await menuItem(files.page, "Restore").click();
  await expect(bin.getByRole("heading", { name: /^(No deleted item matches|The Recycle Bin is empty)$/ })).toBeVisible();
  expect(await folder.names()).toEqual(["c.txt", "my things", "my things/a"]);
  expect(await folder.asRoot(`grep -rl ${folder.path} ${folder.home}/.local/share/Trash/info || :`)).toBe("");
});

test.describe("as a user without other files", () => {
  test.use({ user: "dashy" });

  test("the Recycle Bin is emptied", async ({ folder, desktop, openFiles, richHost }) => {
    await folder.sh("mkdir d; echo 1 >d/1; echo 2 >2");
    const files = await openFiles();
    await files.area.focus();
    await files.press("Control+A", "Delete");
    await files.says("Moved 2 items to the Recycle Bin");
    await desktop.openApp("Recycle Bin");
    const bin = desktop.window(`Recycle Bin – ${richHost.name}`);
    await bin.getByRole("button", { name: "Empty Recycle Bin" }).click();
    const emptying = desktop.dialog("Empty the Recycle Bin?");
    const empty = emptying.getByRole("button", { name: /^Empty Recycle Bin/ });
    await typeName(emptying, empty);
    await empty.click();
    await expect(bin).toContainText("What you delete in the File Explorer comes here");
    expect(await folder.sh(`find ${folder.home}/.local/share/Trash -mindepth 2`)).toBe("");
  });
});

test("what is deleted for good is counted first", async ({ folder, openFiles }) => {
  await folder.sh("mkdir -p gone/x/y; for i in 1 2 3 4 5 6 7; do head -c 1024 /dev/zero >gone/x/y/$i; done; ln -s /etc gone/link; echo stays >stays");
  const files = await openFiles();
  await files.select("gone");
  await files.press("Shift+Delete");
  const question = files.dialog("Delete gone for good?");
  await expect(question.getByRole("status").first()).toHaveText(/^8 files and (2|3) folders, 7\.0/);
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await files.press("Escape");
  await expect(question).toBeHidden();
  expect(await folder.sh("ls")).toBe("gone\nstays\n");
  await files.press("Shift+Delete");
  const remove = question.getByRole("button", { name: "Delete gone" });
  await typeName(question, remove);
  await remove.click();
  await files.shows("stays");
  expect(await folder.names()).toEqual(["stays"]);
  expect(await folder.sh("test -e /etc/passwd; test ! -e ~/.local/share/Trash/files/gone && echo")).toBe("\n");
});

test("permissions are changed, in a folder for all below", async ({ folder, openFiles }) => {
  await folder.sh("mkdir -p tree/sub; echo >tree/sub/f; echo >tree/g; ln -s /etc/hostname tree/l; chmod 755 tree tree/sub; chmod 644 tree/g tree/sub/f; echo >one; chmod 644 one");
  const before = await folder.sh("stat -Lc %a tree/l");
  const files = await openFiles();
  await files.select("one");
  await files.press("Alt+Enter");
  const one = files.dialog("one");
  await one.getByRole("checkbox", { name: "Others: Read" }).uncheck();
  await one.getByRole("checkbox", { name: "Owner: Run" }).check();
  await expect(one.getByRole("textbox", { name: "Octal" })).toHaveValue(/^0?740$/);
  await one.getByRole("button", { name: "Apply" }).click();
  await files.says("Changed one");
  await expect(files.item("one")).toContainText("rwxr-----");
  expect(await folder.sh("stat -c %a one")).toBe("740\n");

  await files.select("tree");
  await files.menu("tree", "Properties");
  const tree = files.dialog("tree");
  await tree.getByRole("checkbox", { name: "For everything in the folder as well" }).check();
  await tree.getByRole("checkbox", { name: "With permissions for files" }).check();
  await tree.getByRole("group", { name: "Permissions of folders" }).getByRole("textbox", { name: "Octal" }).fill("2750");
  await tree.getByRole("group", { name: "Permissions of files" }).getByRole("textbox", { name: "Octal" }).fill("600");
  await tree.getByRole("button", { name: "Apply" }).click();
  await files.says("Changed tree");
  expect(await folder.sh("stat -c '%n %a' tree tree/sub tree/g tree/sub/f; stat -Lc %a tree/l")).toBe(`tree 2750\ntree/sub 2750\ntree/g 600\ntree/sub/f 600\n${before}`);
});

test.describe("as root", () => {
  test.use({ user: "root" });

  test("the owner and the group are changed, in a folder for all below", async ({ folder, openFiles }) => {
    await folder.sh("mkdir d; echo >d/f; ln -s /etc/hostname d/l");
    const files = await openFiles();
    await files.select("d");
    await files.press("Alt+Enter");
    const dialog = files.dialog("d");
    await dialog.getByRole("combobox", { name: "Owner" }).fill("nobody at all");
    await expect(dialog).toContainText("Not known here");
    await dialog.getByRole("combobox", { name: "Owner" }).fill("1002");
    await dialog.getByRole("combobox", { name: "Group" }).fill("1001");
    await dialog.getByRole("checkbox", { name: "For everything in the folder as well" }).check();
    await dialog.getByRole("button", { name: "Apply" }).click();
    await files.says("Changed d");
    expect(await folder.sh("stat -c '%U %G' d d/f | uniq; stat -Lc %U d/l")).toBe("plain ops\nroot\n");
  });
});

test("names of every kind are shown, renamed, copied and deleted exactly", async ({ folder, openFiles }) => {
  for (const [at, name] of HARD_NAMES.entries()) await folder.sh(`printf ${at} >"$(printf %b "${[...Buffer.from(name)].map((byte) => `\\0${byte.toString(8).padStart(3, "0")}`).join("")}")"`);
  await folder.sh(`printf x >"$(printf 'caf\\351.txt')"; mkdir to`);
  const files = await openFiles();
  const shown = HARD_NAMES.map((name) => name.replace("\n", "␊"));
  await expect.poll(async () => (await files.shown()).toSorted()).toEqual([...shown, "caf\\xE9.txt", "to"].toSorted());

  await files.area.focus();
  await files.press("Control+A");
  await files.grip("to").click({ modifiers: ["Control"] });
  await files.press("Control+C");
  await files.openItem("to");
  await files.isIn(`${folder.path}/to`);
  await files.press("Control+V");
  await files.says(`Copied ${HARD_NAMES.length + 1} items to to`);
  expect(await folder.sh("mkdir x; mv to/* to/-rf x 2>/dev/null || :; for f in *; do test -d \"$f\" || cmp -- \"$f\" \"x/$f\"; done; mv -- x/* to; ls to | wc -l")).toBe(`${HARD_NAMES.length + 2}\n`);
  await files.press("F5");

  await files.goTo(folder.path);
  await files.select("caf\\xE9.txt");
  await files.press("Control+D");
  await expect(files.item("caf\\xE9 copy.txt")).toBeVisible();
  expect(await folder.sh(`cat "$(printf 'caf\\351 copy.txt')"`)).toBe("x");
  await files.select("-rf");
  await files.rename("--help me");
  await files.says("Renamed -rf");
  await files.select("🦊 fuchs");
  await files.rename("'a' \"b\" 🦊");
  await files.says("Renamed 🦊 fuchs");
  await expect(files.item("'a' \"b\" 🦊")).toBeVisible();
  await expect(files.item("--help me")).toBeVisible();
  expect(await folder.sh(`cat -- '--help me' "'a' \\"b\\" 🦊"`)).toBe("43");

  await files.area.focus();
  await files.press("Control+A", "Shift+Delete");
  const all = files.dialog(/for good\?$/).getByRole("button", { name: /^Delete \d+ items/ });
  await typeName(files.dialog(/for good\?$/), all);
  await all.click();
  await expect(files.area).toContainText("This folder is empty");
  expect(await folder.names()).toEqual([]);
});

test.describe("where something is refused", () => {
  test.use({ expectedErrors: [/status of 40[34]/] });

  test("links lead on or are marked as broken, and a folder that is refused says so", async ({ folder, openFiles }) => {
    await folder.sh("mkdir real; echo >real/inside; ln -s real good; ln -s nowhere broken; ln -s real/inside tofile; mkdir private");
    await folder.asRoot("chown root private; chmod 700 private");
    const files = await openFiles();
    await files.shows("good", "private", "real", "broken", "tofile");
    await expect(files.item("good")).toContainText("→ real");
    await expect(files.item("broken")).toContainText("→ nowhere");
    await files.button("Columns").click();
    await files.page.getByRole("menuitemcheckbox", { name: "Type" }).click();
    await files.press("Escape");
    await expect(files.item("good")).toContainText("Link to folder");
    await expect(files.item("broken")).toContainText("Broken link");
    await files.openItem("broken");
    await files.says("broken leads nowhere");
    await files.openItem("good");
    await files.isIn(`${folder.path}/good`);
    await files.shows("inside");
    await files.press("Backspace");
    await files.isIn(folder.path);
    await files.openItem("private");
    await expect(files.area.getByRole("heading", { name: "ops may not look into private" })).toBeVisible();
    await folder.asRoot("chown ops private");
    await files.button("Try again").click();
    await expect(files.area).toContainText("This folder is empty");
    await files.typePath(`${folder.path}/absent`);
    await files.says("There is no such folder");

    await folder.asRoot("echo >private/x; chown root private; chmod 755 private");
    await files.press("F5");
    await files.select("x");
    await files.press("Shift+Delete");
    await files.dialog(/for good\?$/).getByRole("button", { name: "Delete x" }).click();
    await files.says("Could not delete everything");
    await files.says(/x: .*ermission/);
    await files.select("x");
    await files.press("Delete");
    await files.says("Could not move everything to the Recycle Bin");
    expect(await folder.sh("ls private")).toBe("x\n");
  });
});

test("two panes and tabs show two folders, and items go from one to the other", async ({ folder, openFiles }) => {
  await folder.sh("mkdir left right; echo l >left/l.txt; echo 2 >left/l2.txt");
  const files = await openFiles();
  await files.goTo(`${folder.path}/left`);
  await files.button("Two panes").click();
  await expect(files.window.locator("[data-files-area]")).toHaveCount(2);
  await files.pane(1).click();
  await files.goTo(`${folder.path}/right`);
  await expect(files.pane(0)).toHaveAccessibleName("Items in left");
  await expect(files.pane(1)).toHaveAccessibleName("Items in right");
  await files.grip("l.txt", files.pane(0)).dragTo(files.pane(1));
  await files.says("Moved l.txt to right");
  await expect(files.item("l.txt", files.pane(1))).toBeVisible();
  await expect(files.item("l.txt", files.pane(0))).toHaveCount(0);
  expect(await folder.sh("cat right/l.txt; ls left")).toBe("l\nl2.txt\n");
  await files.button("Two panes").click();
  await expect(files.window.locator("[data-files-area]")).toHaveCount(1);
});

test("everything is done by the keyboard alone", async ({ folder, openFiles }) => {
  await folder.sh("mkdir alpha beta; echo 1 >alpha/one.txt");
  const files = await openFiles();
  const { page } = files;
  await files.press("Control+L");
  const path = files.window.getByRole("combobox", { name: "Path" });
  await expect(path).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type("/al");
  await expect(files.window.getByRole("option", { name: "alpha" })).toBeVisible();
  await files.press("Tab");
  await expect(path).toHaveValue(`${folder.path}/alpha/`);
  await files.press("Enter");
  await files.isIn(`${folder.path}/alpha`);
  await expect(files.area).toBeFocused();
  await files.press("ArrowDown");
  await expect(files.item("one.txt")).toHaveAttribute("aria-selected", "true");
  await files.press("Control+C", "Alt+ArrowLeft");
  await files.isIn(folder.path);
  await files.press("b", "Enter");
  await files.isIn(`${folder.path}/beta`);
  await files.press("Control+V");
  await files.shows("one.txt");
  await files.press("Control+Shift+N");
  await expect(files.dialog("New folder").getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type("by keys");
  await files.press("Enter");
  await files.shows("by keys", "one.txt");
  await expect(files.area).toBeFocused();
  await files.press("End", "F2");
  await expect(files.area.getByRole("textbox", { name: /^New name/ })).toBeFocused();
  await page.keyboard.type("uno");
  await files.press("Enter");
  await files.shows("by keys", "uno.txt");
  await expect(files.area).toBeFocused();
  await files.press("Home", "Enter");
  await files.isIn(`${folder.path}/beta/by keys`);
  await files.press("Backspace");
  await files.isIn(`${folder.path}/beta`);
  await expect(files.item("by keys")).toHaveAttribute("aria-selected", "true");
  await files.press("Shift+F10");
  await expect(page.getByRole("menu")).toBeVisible();
  await files.press("Escape");
  await expect(files.area).toBeFocused();
  expect(await folder.names()).toEqual(["alpha", "alpha/one.txt", "beta", "beta/by keys", "beta/uno.txt"]);
});

test("what lies below is found by name", async ({ folder, openFiles }) => {
  await folder.sh("mkdir -p a/b; echo >a/b/needle.conf; echo >a/Needle.txt; echo >hay");
  const files = await openFiles();
  await files.filter.fill("needle");
  await files.filter.press("Enter");
  await expect(files.area).toHaveAccessibleName("Found items");
  await expect.poll(async () => (await files.shown()).toSorted()).toEqual(["Needle.txt", "needle.conf"]);
  await files.menu("needle.conf", "Show in its folder");
  await files.isIn(`${folder.path}/a/b`);
  await expect(files.item("needle.conf")).toHaveAttribute("aria-selected", "true");
});

test("several are renamed by a pattern, each name once another's; links, favourites and tabs are made", async ({ folder, openFiles }) => {
  await folder.sh("mkdir sub; for i in 1 2 3; do echo $i >\"n $i.txt\"; done");
  const files = await openFiles();
  const { page, window } = files;
  await files.select("n 1.txt", "n 2.txt", "n 3.txt");
  await files.press("F2");
  const dialog = files.dialog("Rename 3 items");
  await dialog.getByText("Name and number").click();
  await dialog.getByRole("textbox", { name: "Template" }).fill("n {n}");
  await dialog.getByRole("textbox", { name: "Start at" }).fill("2");
  await dialog.getByRole("button", { name: "Rename 3 items" }).click();
  await files.shows("sub", "n 2.txt", "n 3.txt", "n 4.txt");
  expect(await folder.sh("cat 'n 2.txt' 'n 3.txt' 'n 4.txt'; ls -A | wc -l")).toBe("1\n2\n3\n4\n");
  await files.says("Renamed 3 items");
  await files.area.press("Control+Z");
  await files.says("Undone");
  expect(await folder.sh("cat n*; ls -A")).toBe("1\n2\n3\nn 1.txt\nn 2.txt\nn 3.txt\nsub\n");

  await files.menu("sub", "Make a link to it");
  await expect(files.dialog("New link").getByRole("textbox", { name: "Leads to" })).toHaveValue(`${folder.path}/sub`);
  await files.dialog("New link").getByRole("button", { name: "Create link" }).click();
  await files.shows("sub", "sub 2", "n 1.txt", "n 2.txt", "n 3.txt");
  expect(await folder.sh("readlink 'sub 2'")).toBe(`${folder.path}/sub\n`);
  await files.menu("sub", "Add to favourites");
  await files.menu("sub", "Open in a new tab");
  await expect(window.getByRole("tab", { name: "sub" })).toHaveAttribute("aria-selected", "true");
  await files.isIn(`${folder.path}/sub`);
  await window.getByRole("tab", { name: folder.name }).click();
  await files.isIn(folder.path);
  await window.getByRole("list", { name: "Favourites" }).getByRole("button", { name: "sub", exact: true }).click();
  await files.isIn(`${folder.path}/sub`);
  await page.reload();
  await expect(window.getByRole("tab", { name: "sub" })).toHaveCount(2);
});
