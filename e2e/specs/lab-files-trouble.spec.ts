// What goes wrong on a server: each says what and why, the rest of the work goes on, and nothing is lost.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EditorApp, FilesApp } from "../support/files.ts";
import { expect, test } from "../support/filesTest.ts";
import { labHost, whyNot } from "../support/lab.ts";

test.use({ expectedErrors: [/Failed to load resource/] });

test.describe("on a filesystem of its own", () => {
  test.use({ user: "root" });

  test("a full one takes what fits, names the rest, and keeps the file that was to be saved", async ({ folder, desktop, openFiles, richHost }) => {
    const local = mkdtempSync(join(tmpdir(), "headlessos-local-"));
    await folder.sh("mkdir full; mount -t tmpfs -o size=1m none full; printf 'old\\n' >full/a.conf");
    try {
      writeFileSync(join(local, "large.bin"), new Uint8Array(3 * 1024 * 1024));
      writeFileSync(join(local, "small.txt"), "small\n");
      const files = await openFiles();
      await files.goTo(`${folder.path}/full`);
      await files.upload("Files", [join(local, "large.bin"), join(local, "small.txt")]);
      const list = files.window.getByRole("region", { name: "Transfers" });
      await list.getByText("1 could not be done").click();
      await expect(list).toContainText("the filesystem is full");
      await expect(list).toContainText("large.bin");
      await files.shows("a.conf", "small.txt");
      expect(await folder.names()).toEqual(["full", "full/a.conf", "full/small.txt"]);

      await folder.sh("dd if=/dev/zero of=full/fill bs=4k 2>/dev/null || :");
      await files.openItem("a.conf");
      const editor = new EditorApp(desktop, richHost.name);
      await editor.append("new");
      await editor.save();
      await expect(editor.window).toContainText("No space left");
      await expect(editor.window).toContainText("nothing was lost");
      expect(await folder.sh("cat full/a.conf; ls -A full")).toBe("old\na.conf\nfill\nsmall.txt\n");
      await folder.sh("rm full/fill");
      await editor.save();
      await editor.isSaved("a.conf");
      expect(await folder.sh("cat full/a.conf; ls -A full")).toBe("old\nnewa.conf\nsmall.txt\n");
    } finally {
      await folder.sh("umount full");
      rmSync(local, { recursive: true });
    }
  });

  test("a read-only one says so, for one item and among many", async ({ folder, openFiles }) => {
    await folder.sh("mkdir ro to; echo a >ro/a; mount --bind ro ro; mount -o remount,ro,bind ro; echo b >b");
    try {
      const files = await openFiles();
      await files.goTo(`${folder.path}/ro`);
      await files.select("a");
      await files.rename("c");
      await files.says("Could not rename a");
      await files.says("the filesystem is mounted read-only");
      await files.create("File", "new.txt");
      await expect(files.dialog("New file")).toContainText("mounted read-only");
      await files.press("Escape");
      await files.select("a");
      await files.press("Shift+Delete");
      await files.dialog(/for good\?$/).getByRole("button", { name: /^Delete/ }).click();
      await files.says("Could not delete");
      await expect(files.item("a")).toBeVisible();
      await files.goTo(folder.path);
      await files.select("b");
      await files.press("Control+C");
      await files.goTo(`${folder.path}/ro`);
      await files.press("Control+V");
      await files.says("Could not");
      expect(await folder.names()).toEqual(["b", "ro", "ro/a", "to"]);
    } finally {
      await folder.sh("umount ro");
    }
  });
});

test("what may not be read is named, and all else of the tree arrives", async ({ folder, openFiles }) => {
  await folder.sh("mkdir -p tree/open tree/shut to; echo 1 >tree/open/1; echo 2 >tree/2; echo s >tree/secret; echo x >tree/shut/x");
  await folder.asRoot("chown root tree/secret tree/shut; chmod 600 tree/secret; chmod 700 tree/shut");
  const files = await openFiles();
  await files.select("tree");
  await files.press("Control+C");
  await files.goTo(`${folder.path}/to`);
  await files.press("Control+V");
  await files.says("Could not");
  const list = files.window.getByRole("region", { name: "Transfers" });
  await list.getByText("2 could not be done").click();
  for (const name of ["tree/secret", "tree/shut"]) await expect(list).toContainText(name);
  await expect(list).toContainText("Permission denied");
  expect(await folder.sh("cd to; find . -type f | sort; cat tree/2 tree/open/1")).toBe("./tree/2\n./tree/open/1\n2\n1\n");
});

test("a name that is too long, and what vanished under the listing", async ({ folder, openFiles }) => {
  await folder.sh("echo a >a; echo b >b; mkdir d");
  const files = await openFiles();
  await files.shows("d", "a", "b");
  await files.select("a");
  await files.rename("n".repeat(300));
  await expect(files.area.getByRole("alert")).toContainText("too long");
  await files.press("Escape");
  expect(await folder.names()).toEqual(["a", "b", "d"]);

  await folder.sh("rm a; rmdir d");
  await files.openItem("d");
  await expect(files.area).toContainText("This folder is not there");
  await files.button(/^Go to e2e-/).click();
  await files.shows("b");
  await folder.sh("rm b; echo c >c");
  await files.select("b");
  await files.rename("other");
  await files.says("Could not rename b");
  await files.press("Escape", "Control+R");
  await files.shows("c");
});

test("a server without SFTP says what to do", async ({ desktop }) => {
  const busybox = labHost("busybox");
  test.skip(busybox === null, whyNot("busybox"));
  if (busybox === null) return;
  await desktop.connect(busybox, busybox.users[0]?.name ?? "root");
  await desktop.window(`Dashboard – ${busybox.name}`).getByRole("button", { name: "Close" }).click();
  const files = await new FilesApp(desktop, busybox.name).open();
  await expect(files.window).toContainText("This server has no SFTP");
  await expect(files.window).toContainText("Subsystem sftp");
});

test("where SFTP cannot rename over a file, a save works all the same", async ({ folder, desktop, richHost, sshd }) => {
  await folder.sh("printf 'old\\n' >a.conf; chmod 640 a.conf");
  await sshd.withoutRename();
  await desktop.connect(richHost, "ops", sshd.port);
  await desktop.window(`Dashboard – ${richHost.name}`).getByRole("button", { name: "Close" }).click();
  const files = await new FilesApp(desktop, richHost.name).open(folder.path);
  await files.openItem("a.conf");
  const editor = new EditorApp(desktop, richHost.name);
  await editor.append("new");
  await editor.save();
  await editor.isSaved("a.conf");
  expect(await folder.sh("cat a.conf; stat -c ' %a' a.conf; ls -A")).toBe("old\nnew 640\na.conf\n");
});
