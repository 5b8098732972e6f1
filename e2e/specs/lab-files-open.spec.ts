// The Text Editor and the Viewer on files of a real server: what is saved, what is not lost, and that nothing in a file ever runs.
import { EditorApp } from "../support/files.ts";
import { expect, test } from "../support/filesTest.ts";
import { passwordOf } from "../support/desktop.ts";
import { PROGRAM_ENDS, startProgram } from "../support/program.ts";

test.describe("with a file that changes meanwhile", () => {
  test.use({ expectedErrors: [/status of 40[49]/] });

  test("both versions are shown, and neither is lost", async ({ folder, desktop, openFiles, richHost }) => {
    await folder.sh("printf 'one\\ntwo\\nthree\\n' >a.conf");
    const files = await openFiles();
    await files.openItem("a.conf");
    const editor = new EditorApp(desktop, richHost.name);
    await editor.shows("three");
    await editor.append("mine");
    await folder.sh("printf 'one\\ntheirs\\nthree\\n' >a.conf");
    await editor.save();
    const { window } = editor;
    await expect(window.getByText("The file has changed on the server")).toBeVisible();
    await expect(window).toContainText("theirs");
    await expect(window).toContainText("mine");
    expect(await folder.read("a.conf")).toBe("one\ntheirs\nthree\n");
    await editor.button("Back to the text").click();
    await editor.shows("mine");
    await editor.save();
    await editor.button("Save mine over it").click();
    await editor.isSaved("a.conf");
    expect(await folder.read("a.conf")).toBe("one\ntwo\nthree\nmine");

    await editor.append("!");
    await folder.sh("printf 'theirs again\\n' >a.conf");
    await editor.save();
    await editor.button("Take the server's").click();
    await editor.shows("theirs again");
    await editor.isSaved("a.conf");
    await editor.append("x");
    await folder.sh("rm a.conf");
    await editor.save();
    await editor.button("Create the file again").click();
    await editor.isSaved("a.conf");
    expect(await folder.read("a.conf")).toBe("theirs again\nx");
  });
});

test.describe("as root", () => {
  test.use({ user: "root" });

  test("a save keeps mode and owner, line ends and encoding", async ({ folder, desktop, openFiles, richHost }) => {
    await folder.sh("printf 'a\\r\\nb\\r\\n' >dos.ini; chown plain:ops dos.ini; chmod 640 dos.ini; printf 'gr\\374n\\n' >latin.txt; ln -s dos.ini link.ini; chmod 4755 latin.txt");
    const files = await openFiles();
    await files.openItem("link.ini");
    const editor = new EditorApp(desktop, richHost.name);
    await editor.shows("b");
    await expect(editor.button("Line ends: CRLF")).toBeVisible();
    await editor.append("c");
    await editor.save();
    await editor.isSaved("link.ini");
    expect(await folder.sh("stat -c '%a %U:%G' dos.ini; readlink link.ini; od -An -c dos.ini | tr -d ' \\n'; ls -A | wc -l")).toBe("640 plain:ops\ndos.ini\na\\r\\nb\\r\\nc3\n");

    await editor.openPath(`${folder.path}/latin.txt`);
    await editor.shows("grün");
    await editor.append("ü");
    await editor.save();
    await editor.isSaved("latin.txt");
    expect(await folder.sh("od -An -to1 latin.txt | tr -d '\\n'")).toBe(" 147 162 374 156 012 374");
  });
});

test("a file that comes late takes nothing from what is typed meanwhile", async ({ folder, desktop, openFiles, richHost }) => {
  await folder.sh("echo early >early.txt; echo late >late.txt");
  const files = await openFiles();
  await files.openItem("early.txt");
  const editor = new EditorApp(desktop, richHost.name);
  await editor.shows("early");
  const { page } = desktop;
  let comes: () => void = () => undefined;
  const isThere = new Promise<void>((resolve) => (comes = resolve));
  await page.route(/files\/text.*late\.txt/, async (route) => {
    await isThere;
    await route.continue();
  });
  await editor.openPath(`${folder.path}/late.txt`);
  await editor.button("Open a file (Alt+O)").click();
  const path = desktop.dialog("Open a file").getByRole("textbox", { name: "Path of the file" });
  await path.pressSequentially("/et");
  comes();
  // Behind the dialog it has no role.
  await expect(page.locator(".cm-content", { hasText: "late" })).toBeVisible();
  await expect(path).toBeFocused();
  await page.keyboard.type("c/x");
  await expect(path).toHaveValue("/etc/x");
  await files.press("Escape");
  await expect(editor.text).toBeFocused();
  expect(await folder.read("late.txt")).toBe("late\n");
});

test("changes that were not saved are there after a reload", async ({ folder, desktop, openFiles, richHost }) => {
  await folder.sh("printf 'first\\n' >note.txt");
  const files = await openFiles();
  await files.openItem("note.txt");
  const editor = new EditorApp(desktop, richHost.name);
  await editor.shows("first");
  await editor.append("second");
  const { page } = desktop;
  const drafts = () =>
    page.evaluate(async () => {
      const names = await indexedDB.databases();
      if (!names.some(({ name }) => name === "headlessos.drafts")) return "";
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open("headlessos.drafts");
        request.onsuccess = () => resolve(request.result);
      });
      const all = await new Promise<unknown[]>((resolve) => {
        const request = database.transaction("drafts").objectStore("drafts").getAll();
        request.onsuccess = () => resolve(request.result as unknown[]);
      });
      database.close();
      return JSON.stringify(all);
    });
  await expect.poll(drafts).toContain("second");
  // The page asks whether it may be left.
  const asked = page.waitForEvent("dialog").then(async (dialog) => {
    await dialog.accept();
    return dialog.type();
  });
  await page.reload();
  expect(await asked).toBe("beforeunload");
  await expect(editor.window).toBeVisible();
  if ((await editor.tab(/note\.txt/).count()) === 0) await editor.openPath(`${folder.path}/note.txt`);
  await expect(editor.window.getByText("There are changes that were not saved")).toBeVisible();
  await editor.button("Restore the changes").click();
  await editor.shows("second");
  expect(await folder.read("note.txt")).toBe("first\n");
  await editor.text.click();
  await editor.save();
  await editor.isSaved("note.txt");
  expect(await folder.read("note.txt")).toBe("first\nsecond");
  await expect.poll(drafts).not.toContain("second");
});

test.describe("while the program is started again", () => {
  test.use({ expectedErrors: [new RegExp(`${PROGRAM_ENDS.source}|status of 40[19]`)] });

  test("a text that is not saved stays, and can be saved then", async ({ folder, desktop, openFiles, program, richHost }) => {
    await folder.sh("printf 'first\\n' >note.txt");
    const files = await openFiles();
    await files.openItem("note.txt");
    const editor = new EditorApp(desktop, richHost.name);
    await editor.shows("first");
    await editor.append("second");
    const { page } = desktop;
    await program.end();
    await expect(page.getByRole("heading", { name: "HeadlessOS is not running" })).toBeVisible();
    await expect(editor.window).toHaveCount(0);
    const again = await startProgram(program.folder, program.port);
    try {
      await expect(page.getByRole("heading", { name: "This page has no session" })).toBeVisible();
      const beside = await page.context().newPage();
      await beside.goto(again.launchUrl);
      await editor.shows("second");
      await beside.close();
      // A program that was just started is connected to nothing.
      await editor.text.click();
      await editor.save();
      await editor.button("Connect").click();
      await desktop.enterPassword(passwordOf(richHost, "ops"));
      await desktop.isConnected(richHost.name);
      await expect(editor.button("Connect")).toBeHidden();
      await editor.button("Try again").click();
      await editor.isSaved("note.txt");
      expect(await folder.read("note.txt")).toBe("first\nsecond");
      await page.close();
    } finally {
      await again.end();
    }
  });
});

/** One pixel of a PNG. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** What each would do if it ran is an error on the console, a dialog or a request, and each fails a test. */
const HOSTILE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="40" onload="alert(1);console.error('svg ran')"><script>alert(2);fetch('/api/servers')</script><image xlink:href="http://evil.example.test/x.png" width="9" height="9"/><foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(3)"/></foreignObject><rect width="60" height="40" fill="red"/></svg>`;
const HOSTILE_HTML = `<!doctype html><title>x</title><script>alert(4);console.error('html ran')</script><img src=x onerror="alert(5)"><meta http-equiv=refresh content="0;url=http://evil.example.test/">`;
const HOSTILE_MARKDOWN = `# Title\n\n<img src=x onerror="alert(6)"> <script>alert(7)</script>\n\n[bad](javascript:alert(8)) [web](http://evil.example.test/) ![far](http://evil.example.test/y.png)\n\n- [x] done\n`;

test("nothing in a hostile file runs, wherever it is looked at", async ({ folder, desktop, openFiles, richHost, program }) => {
  for (const [name, text] of Object.entries({ "a.svg": HOSTILE_SVG, "b.html": HOSTILE_HTML, "c.md": HOSTILE_MARKDOWN })) await folder.sh(`base64 -d >${name} <<'E'\n${Buffer.from(text).toString("base64")}\nE`);
  await folder.sh(`base64 -d >d.png <<'E'\n${PICTURE}\nE`);
  const { page } = desktop;
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const abroad: string[] = [];
  page.on("request", (request) => !request.url().startsWith(program.url) && !/^(blob|data):/.test(request.url()) && abroad.push(request.url()));
  const files = await openFiles();
  const viewer = desktop.window(`Viewer – ${richHost.name}`);
  await files.area.focus();
  await files.press("Control+P");
  await files.select("a.svg");
  await expect(files.window.getByRole("img", { name: "Preview of a.svg" })).toBeVisible();
  await files.select("b.html");
  await expect(files.window.getByRole("group", { name: "Start of the file" })).toContainText("html ran");
  await files.button("Icons").click();
  await expect(files.item("d.png").locator("img")).toBeVisible();
  // A drawing is drawn once a person asks for it.
  await expect(files.item("a.svg").locator("img")).toHaveCount(0);
  await files.openItem("a.svg");
  await expect(viewer.getByRole("img", { name: "a.svg" })).toBeVisible();
  await expect(viewer).toContainText("60 × 40");
  await viewer.getByRole("button", { name: "Close" }).click();
  await files.menu("c.md", "Open in the viewer");
  const document = viewer.getByRole("region", { name: "Document" });
  await expect(document.getByRole("heading", { name: "Title" })).toBeVisible();
  await expect(document).toContainText("Image of another host, not loaded");
  await expect(document.locator("script, iframe, a, img")).toHaveCount(0);
  await document.getByRole("button", { name: "web" }).click();
  await expect(desktop.dialog("Open this link?")).toContainText("http://evil.example.test/");
  await files.press("Escape");
  await viewer.getByRole("button", { name: "Close" }).click();
  await files.menu("b.html", "Open in the viewer");
  await expect(viewer.getByRole("region", { name: "Text" })).toContainText("html ran");
  await viewer.getByRole("button", { name: "Close" }).click();

  // In a page of its own too, where it can reach nothing: what it wants to load is refused.
  for (const name of ["a.svg", "b.html"]) {
    const alone = await page.context().newPage();
    alone.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    let ran = false;
    alone.on("console", (message) => (ran ||= message.text().endsWith(" ran")));
    const address = `${program.url}api/servers/${richHost.name}/files/content?path=${encodeURIComponent(`${folder.path}/${name}`)}`;
    const headers = (await page.request.get(address)).headers();
    expect(headers["content-security-policy"]).toMatch(/sandbox.*default-src 'none'|default-src 'none'.*sandbox/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-type"]).not.toContain("html");
    // What is no picture is not shown, but downloaded.
    await alone.goto(address).catch((error: unknown) => expect(String(error)).toContain("Download is starting"));
    expect(ran).toBe(false);
    await alone.close();
  }
  expect(dialogs).toEqual([]);
  expect(abroad).toEqual([]);
});

test("the viewer shows an image, bytes, a table, JSON and an archive", async ({ folder, desktop, openFiles, richHost }) => {
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFUlEQVQI12P8z8AARAwMTAxwABMAADAMBAFzy5u2AAAAAElFTkSuQmCC";
  await folder.sh(`base64 -d >dot.png <<'E'\n${png}\nE\nprintf '\\0\\1ABC\\377' >raw.dat; printf 'name,size\\n"a, b",12\\nc,7\\n' >t.csv; printf '{"k":[1,2,{"z":null}]}' >j.json; mkdir in; echo x >in/x; tar -cf in.tar in; seq 100000 >long.log`);
  const files = await openFiles();
  const viewer = desktop.window(`Viewer – ${richHost.name}`);
  const view = async (name: string) => {
    await files.menu(name, "Open in the viewer");
    await expect(viewer.getByRole("heading", { name, exact: true })).toBeVisible();
  };
  const done = () => viewer.getByRole("button", { name: "Close" }).click();
  await view("raw.dat");
  await expect(viewer.getByRole("region", { name: "Bytes" })).toContainText(/00 01 41 42 43 ff\s+··ABC·/);
  await done();
  await view("t.csv");
  await expect(viewer.getByRole("region", { name: "Table" })).toContainText("a, b");
  await expect(viewer).toContainText("2 rows, 2 columns");
  await done();
  await view("j.json");
  await viewer.getByRole("region", { name: "JSON" }).getByRole("button", { name: "k" }).click();
  await expect(viewer.getByRole("region", { name: "JSON" })).toContainText("3 items");
  await done();
  await view("in.tar");
  await expect(viewer.getByRole("region", { name: "Contents" })).toContainText("in/x");
  await done();
  await view("long.log");
  await expect(viewer.getByRole("region", { name: "Text" })).toContainText("1");
  await viewer.getByRole("button", { name: /^View as/ }).click();
  await files.page.getByRole("menuitemradio", { name: "Bytes" }).click();
  await files.press("Escape");
  await viewer.getByRole("textbox", { name: "Go to a byte, or a share of the file" }).fill("100 %");
  await viewer.getByRole("button", { name: "Go", exact: true }).click();
  await expect(viewer.getByRole("region", { name: "Bytes" })).toContainText(/100000|00000·/);
  await done();
  await files.openItem("dot.png");
  await expect(viewer.getByRole("img", { name: "dot.png" })).toBeVisible();
  await expect(viewer).toContainText("3 × 2");
});
