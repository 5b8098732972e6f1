// Files between this computer and a real server, byte for byte, and what of it the server's own log tells.
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Download, Locator } from "@playwright/test";
import { isAccessibleInBoth } from "../support/accessible.ts";
import { typeName } from "../support/confirm.ts";
import { FilesApp } from "../support/files.ts";
import { expect, test as base } from "../support/filesTest.ts";
import { lines } from "../support/sshd.ts";

interface Fixtures {
  /** A folder on this computer. */
  local: string;
}
const test = base.extend<Fixtures>({
  local: async ({}, use) => {
    const local = mkdtempSync(join(tmpdir(), "headlessos-local-"));
    await use(local);
    rmSync(local, { recursive: true });
  },
});

const random = (count: number) => Uint8Array.from(randomBytes(count));
const sha256 = (bytes: Uint8Array<ArrayBuffer>) => createHash("sha256").update(bytes).digest("hex");

async function bytesOf(download: Download): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(readFileSync(await download.path()));
}

test("files and a folder are uploaded by the picker", async ({ folder, local, openFiles }) => {
  const contents = new Map([
    ["large.bin", random(9 * 1024 * 1024 + 13)],
    ["empty", random(0)],
    ["naïve 🦊 'name'.txt", random(5)],
  ]);
  for (const [name, bytes] of contents) writeFileSync(join(local, name), bytes);
  const files = await openFiles();
  await files.upload("Files", [...contents.keys()].map((name) => join(local, name)));
  await files.says(`Uploaded 3 items to ${folder.name}`);
  await expect(files.item("large.bin")).toContainText("9.00 MiB");
  for (const [name, bytes] of contents) expect(await folder.sha256(name), name).toBe(sha256(bytes));

  const tree = new Map(Array.from({ length: 40 }, (_, at) => [`tree/sub${at % 3}/deep/f${at}`, random(at * 100)]));
  for (const [name, bytes] of tree) {
    mkdirSync(join(local, name, ".."), { recursive: true });
    writeFileSync(join(local, name), bytes);
  }
  await files.upload("A folder", join(local, "tree"));
  await files.says(`Uploaded 40 items to ${folder.name}`);
  await expect(files.item("tree")).toBeVisible();
  // No part of an upload is left behind, and nothing else.
  expect(await folder.names()).toEqual([...contents.keys(), ...tree.keys(), "tree", ...[0, 1, 2].flatMap((at) => [`tree/sub${at}`, `tree/sub${at}/deep`])].toSorted());
  const sums = lines(await folder.sh("find tree -type f -exec sha256sum {} +")).map((line) => line.split(/ +/)).map(([sum, name]) => [name, sum]);
  expect(Object.fromEntries(sums)).toEqual(Object.fromEntries([...tree].map(([name, bytes]) => [name, sha256(bytes)])));
});

test("an upload asks before it writes over a file", async ({ folder, local, openFiles }) => {
  await folder.sh("echo old >a.txt; echo old >b.txt; chmod 600 a.txt b.txt");
  for (const name of ["a.txt", "b.txt"]) writeFileSync(join(local, name), "new\n");
  const files = await openFiles();
  await files.upload("Files", [join(local, "a.txt"), join(local, "b.txt")]);
  const question = (name: string) => files.window.getByRole("region", { name: "Transfers" }).getByRole("group", { name: `${name} is there already` });
  expect(await folder.sh("cat a.txt b.txt")).toBe("old\nold\n");
  await question("a.txt").getByRole("button", { name: "Skip" }).click();
  await question("b.txt").getByRole("button", { name: "Replace", exact: true }).click();
  await files.says("skipped 1 item");
  expect(await folder.sh("cat a.txt b.txt; ls -A | wc -l")).toBe("old\nnew\n2\n");
});

test("what a production server would lose takes its name, also in an answer", async ({ desktop, folder, local, openFiles, richHost }) => {
  await folder.sh("echo old >a.txt; echo old >b.txt; mkdir to from; echo new >from/b.txt; mkdir from/kept; touch from/kept/file");
  writeFileSync(join(local, "a.txt"), "new\n");
  const files = await openFiles();
  const { page } = files;
  await desktop.openApp("Servers");
  await page.getByRole("button", { name: `More for ${richHost.name}` }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const form = desktop.dialog("Edit server");
  await form.getByText("Production server", { exact: true }).click();
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(form).toBeHidden();
  await desktop.window(/^Servers/).getByRole("button", { name: "Close" }).click();

  const list = files.window.getByRole("region", { name: "Transfers" });
  const question = (name: string) => list.getByRole("group", { name: `${name} is there already` });
  const field = (within: Locator) => within.getByRole("textbox", { name: /^Type .* to go on$/ });
  await files.upload("Files", [join(local, "a.txt")]);
  await question("a.txt").getByRole("button", { name: "Replace", exact: true }).click();
  await expect(field(question("a.txt"))).toBeFocused();
  await page.keyboard.type("another");
  await page.keyboard.press("Enter");
  await expect(question("a.txt")).toBeVisible();
  expect(await folder.sh("cat a.txt")).toBe("old\n");
  await isAccessibleInBoth(desktop, "a name within a transfer");
  await field(question("a.txt")).fill(richHost.name);
  await page.keyboard.press("Enter");
  await expect(question("a.txt")).toBeHidden();
  await expect.poll(() => folder.sh("cat a.txt")).toBe("new\n");

  await files.goTo(`${folder.path}/from`);
  await files.select("b.txt");
  await files.press("Control+C");
  await files.goTo(folder.path);
  await files.press("Control+V");
  await question("b.txt").getByRole("button", { name: "Replace", exact: true }).click();
  await field(question("b.txt")).fill(richHost.name);
  await page.keyboard.press("Enter");
  await expect.poll(() => folder.sh("cat b.txt")).toBe("new\n");
});

test("a file and an archive of several are downloaded", async ({ folder, local, openFiles }) => {
  await folder.sh("head -c 3000000 /dev/urandom >'random 🦊.bin'; mkdir -p many/inner; for i in $(seq 60); do head -c $((i * 37)) /dev/urandom >many/f$i; done; ln -s f1 many/link; chmod 640 many/f2; echo x >many/inner/x; printf bytes >\"$(printf 'caf\\351')\"");
  const files = await openFiles();
  const { page } = files;
  await files.select("random 🦊.bin");
  let started = page.waitForEvent("download");
  await files.button("Download").click();
  const file = await started;
  expect(file.suggestedFilename()).toBe("random 🦊.bin");
  expect(sha256(await bytesOf(file))).toBe(await folder.sha256("random 🦊.bin"));

  await files.select("many", "caf\\xE9");
  started = page.waitForEvent("download");
  await files.menu("many", "Download as .tar");
  const archive = await started;
  expect(archive.suggestedFilename()).toMatch(/\.tar$/);
  execFileSync("tar", ["-C", local, "-xf", await archive.path()]);
  const print = "cd many; find . -type f -exec sha256sum {} + | sort; readlink link; stat -c %a f2; cat inner/x; cat ../caf?";
  const here = execFileSync("sh", ["-c", print], { cwd: local, encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  expect(here).toBe(await folder.sh(`export LC_ALL=C; ${print}`));

  await files.select("many");
  started = page.waitForEvent("download");
  await files.menu("many", "Download as .zip");
  const zip = await started;
  expect(zip.suggestedFilename()).toBe("many.zip");
  execFileSync("/usr/bin/python3", ["-m", "zipfile", "-e", await zip.path(), join(local, "zip")]);
  const sums = "cd many; find . -type f -name 'f*' -exec sha256sum {} + | sort";
  expect(execFileSync("sh", ["-c", sums], { cwd: join(local, "zip"), encoding: "utf8", env: { ...process.env, LC_ALL: "C" } })).toBe(await folder.sh(`export LC_ALL=C; ${sums}`));
});

test("a transfer is paused, goes on, and outlives a reload of the page", async ({ folder, openFiles }) => {
  await folder.sh("mkdir many to; cd many; seq 3000 | xargs touch");
  const files = await openFiles();
  await files.select("many");
  await files.press("Control+C");
  await files.goTo(`${folder.path}/to`);
  await files.button(/^Transfers/).click();
  const list = files.window.getByRole("region", { name: "Transfers" });
  await files.press("Escape");
  await files.area.focus();
  await files.press("Control+V");
  await list.getByRole("button", { name: "Pause: Copying many to to" }).click();
  await expect(list).toContainText("Paused");
  await files.page.reload();
  await files.area.waitFor();
  await files.button(/^Transfers/).click();
  await list.getByRole("button", { name: "Go on: Copying many to to" }).click();
  await expect(list).toContainText("Copied many to to");
  expect(await folder.sh("diff -rq many to/many; ls to/many | wc -l")).toBe("3000\n");
});

test("not one command is run for what is done with files", async ({ desktop, folder, local, richHost, sshd }) => {
  await folder.sh("mkdir d; echo a >d/a; echo b >b.txt");
  await desktop.connect(richHost, "ops", sshd.port);
  await desktop.window(`Dashboard – ${richHost.name}`).getByRole("button", { name: "Close" }).click();
  const files = await new FilesApp(desktop, richHost.name).open(folder.path);
  // The free space beside the places is asked for by a command, which the journal has like every other.
  const journal = () => desktop.page.evaluate(async () => (await (await fetch("/api/activity?limit=500")).json()) as { entries: { what: string; exitCode: number | null }[] });
  const asked = async () => (await journal()).entries.filter(({ exitCode }) => exitCode !== null).map(({ what }) => what);
  const commands = async () => lines(await sshd.log()).filter((line) => /Starting session: (command|shell)/.test(line)).length;
  const counted = async () => [await commands(), (await asked()).length] as const;
  let before = await counted();
  await expect.poll(async () => {
    const last = before;
    before = await counted();
    return before.join() === last.join();
  }).toBe(true);
  const places = lines(await sshd.log()).filter((line) => line.includes("Starting session: subsystem 'sftp'")).length;
  expect(places).toBeGreaterThan(0);

  await files.create("Folder", "new");
  await files.shows("d", "new", "b.txt");
  await files.select("b.txt");
  await files.rename("c.txt");
  await files.says("Renamed");
  await files.select("d");
  await files.press("Control+C");
  await files.openItem("new");
  await files.isIn(`${folder.path}/new`);
  await files.press("Control+V");
  await files.select("d");
  await files.press("Alt+Enter");
  await files.dialog("d").getByRole("checkbox", { name: "Others: Enter" }).uncheck();
  await files.dialog("d").getByRole("button", { name: "Apply" }).click();
  await files.says("Changed d");
  await files.select("d");
  await files.press("Delete");
  await files.says("Moved d to the Recycle Bin");
  await files.press("Control+Z");
  await files.shows("d");
  writeFileSync(join(local, "up.txt"), "up\n");
  await files.upload("Files", join(local, "up.txt"));
  await files.shows("d", "up.txt");
  await files.filter.fill("a");
  await files.filter.press("Enter");
  await expect(files.area).toHaveAccessibleName("Found items");
  await files.filter.press("Escape");
  await files.select("d", "up.txt");
  await files.press("Shift+Delete");
  const both = files.dialog(/for good\?$/).getByRole("button", { name: "Delete 2 items" });
  await typeName(files.dialog(/for good\?$/), both);
  await both.click();
  await expect(files.area).toContainText("This folder is empty");
  await expect.poll(async () => {
    const [run, noted] = await counted();
    return run - before[0] <= noted - before[1];
  }).toBe(true);
  expect((await asked()).filter((query) => query.startsWith("files"))).toEqual([]);
  expect(await sshd.connections()).toBe(1);
  // Before its sshd goes, which the page would notice.
  await desktop.page.close();
});
