// What is there beside what is new, copies that are read back, a file's SHA-256, and compressed archives that are listed, against a real server.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { FilesApp } from "../support/files.ts";
import { expect, test as base } from "../support/filesTest.ts";

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

function question(files: FilesApp, name: string) {
  return files.window.getByRole("region", { name: "Transfers" }).getByRole("group", { name: `${name} is there already` });
}

/** Opens the comparison of the file that is asked about. */
async function compare(files: FilesApp, name: string) {
  await question(files, name).getByRole("button", { name: "Compare" }).click();
  const dialog = files.dialog(`Compare ${name}`);
  await expect(dialog).toBeVisible();
  return dialog;
}

async function copyInto(files: FilesApp, from: string, names: readonly [string, ...string[]], to: string): Promise<void> {
  await files.goTo(from);
  await files.select(...names);
  await files.press("Control+C");
  await files.goTo(to);
  await files.area.focus();
  await files.press("Control+V");
}

test("a file that a copy meets is compared with the one that comes", async ({ desktop, folder, openFiles }) => {
  await folder.sh(`mkdir from to
    seq 40 | sed 's/^/line /' >base
    sed 's/^line 20$/port = 8080/; s/^line 30$/<img src=x onerror=alert(1)>/' base >from/a.conf; sed 's/^line 20$/port = 80/' base >to/a.conf; printf 'hidden \\342\\200\\256 mark\\n' >>from/a.conf
    cp base from/b.same; cp base to/b.same
    printf '\\177ELF\\0\\1\\2' >from/c.bin; printf '\\177ELF\\0\\1\\3' >to/c.bin
    printf 'one\\r\\ntwo\\r\\n' >from/d.txt; printf 'one\\ntwo\\n' >to/d.txt
    head -c 3000000 /dev/zero >from/e.big; cp from/e.big to/e.big; printf x | dd of=to/e.big bs=1 seek=2999999 conv=notrunc status=none
    truncate -s 9M from/f.huge; truncate -s 9M to/f.huge`);
  const files = await openFiles();
  const names = ["a.conf", "b.same", "c.bin", "d.txt", "e.big", "f.huge"] as const;
  await copyInto(files, `${folder.path}/from`, [...names], `${folder.path}/to`);
  const next = async (name: string) => {
    await desktop.page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await question(files, name).getByRole("button", { name: "Skip" }).click();
  };

  const text = await compare(files, "a.conf");
  await expect(text).toContainText("The contents differ");
  const [there, fresh] = [text.getByRole("textbox", { name: "There" }), text.getByRole("textbox", { name: "New" })];
  await expect(there.locator(".cm-changedLine").first()).toHaveText("port = 80");
  await expect(fresh.locator(".cm-changedLine").first()).toHaveText("port = 8080");
  await expect(fresh).toContainText("<img src=x onerror=alert(1)>");
  await expect(fresh).toContainText("hidden <U+202E> mark");
  await expect(text.locator("img")).toHaveCount(0);
  await expect(text.getByRole("row", { name: /^Where/ })).toContainText(`${folder.path}/to/a.conf`);
  await next("a.conf");
  await expect(await compare(files, "b.same")).toContainText("The contents are the same");
  await next("b.same");
  const binary = await compare(files, "c.bin");
  await expect(binary).toContainText("The first difference is in byte 7.");
  await expect(binary).toContainText("binary");
  await next("c.bin");
  await expect(await compare(files, "d.txt")).toContainText("The text is the same; the encoding or the line ends differ.");
  await next("d.txt");
  await expect(await compare(files, "e.big")).toContainText("The first difference is in byte 3,000,000.");
  await next("e.big");
  await expect(await compare(files, "f.huge")).toContainText("Only size and time are compared");
  await next("f.huge");
  await files.says("skipped 6 items");
});

test.describe("with a file that goes away meanwhile", () => {
  test.use({ expectedErrors: [/status of 404/] });

  test("a comparison that fails says why, and is tried again", async ({ folder, openFiles }) => {
    await folder.sh("mkdir from to; echo one >from/a.txt; echo two >to/a.txt");
    const files = await openFiles();
    await copyInto(files, `${folder.path}/from`, ["a.txt"], `${folder.path}/to`);
    await question(files, "a.txt").waitFor();
    await folder.sh("mv from/a.txt from/b.txt");
    const dialog = await compare(files, "a.txt");
    await expect(dialog.getByRole("alert")).toContainText("not there");
    await folder.sh("mv from/b.txt from/a.txt");
    await dialog.getByRole("button", { name: "Try again" }).click();
    await expect(dialog).toContainText("The contents differ");
    await expect(dialog.getByRole("textbox", { name: "New" })).toContainText("one");
  });
});

test("a file that an upload meets is compared with the one of this computer", async ({ folder, local, openFiles }) => {
  await folder.sh("printf 'same\\n' >a.txt; printf 'key = old\\nend\\n' >b.ini");
  writeFileSync(join(local, "a.txt"), "same\n");
  writeFileSync(join(local, "b.ini"), "key = new\nend\n");
  const files = await openFiles();
  await files.upload("Files", [join(local, "a.txt"), join(local, "b.ini")]);
  const same = await compare(files, "a.txt");
  await expect(same).toContainText("The contents are the same");
  await expect(same.getByRole("row", { name: /^Where/ })).toContainText("This computer");
  await files.press("Escape");
  await expect(same).toBeHidden();
  await question(files, "a.txt").getByRole("button", { name: "Skip" }).click();
  const other = await compare(files, "b.ini");
  await expect(other.getByRole("textbox", { name: "There" }).locator(".cm-changedLine")).toHaveText("key = old");
  await expect(other.getByRole("textbox", { name: "New" }).locator(".cm-changedLine")).toHaveText("key = new");
  await files.press("Escape");
  await question(files, "b.ini").getByRole("button", { name: "Replace", exact: true }).click();
  await files.says("Uploaded");
  expect(await folder.sh("cat a.txt b.ini")).toBe("same\nkey = new\nend\n");
});

test("copies are read back where that is set, and say so", async ({ folder, openFiles, page }) => {
  await folder.sh("mkdir to; head -c 300000 /dev/urandom >a.bin; head -c 10 /dev/urandom >b.bin");
  const files = await openFiles();
  const asked = (name: string) =>
    page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/file-jobs") && (request.postData() ?? "").includes(name)).then((request) => (request.postDataJSON() as { verify?: boolean }).verify);
  let verify = asked("b.bin");
  await copyInto(files, folder.path, ["b.bin"], `${folder.path}/to`);
  expect(await verify).toBe(false);
  await files.says("Copied b.bin");

  await files.button("More").click();
  const setting = page.getByRole("menuitemcheckbox", { name: "Check copies by reading them back", exact: true });
  await expect(setting).toHaveAccessibleDescription(/twice as long/);
  await setting.click();
  await expect(setting).toBeChecked();
  await files.press("Escape");
  verify = asked("a.bin");
  await copyInto(files, folder.path, ["a.bin"], `${folder.path}/to`);
  expect(await verify).toBe(true);
  await files.says("Copied a.bin");
  await files.button(/^Transfers/).click();
  const lines = files.window.getByRole("region", { name: "Transfers" }).getByRole("listitem");
  await expect(lines.filter({ hasText: "Copied a.bin" })).toContainText(", checked");
  await expect(lines.filter({ hasText: "Copied b.bin" })).not.toContainText("checked");
  expect(await folder.sha256("to/a.bin")).toBe(await folder.sha256("a.bin"));
});

test("the SHA-256 of a file is what sha256sum says", async ({ context, folder, openFiles, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await folder.sh("head -c 5000000 /dev/urandom >a.bin; : >empty; ln -s a.bin link; truncate -s 257M huge");
  const files = await openFiles();
  for (const name of ["a.bin", "empty", "link"]) {
    await files.menu(name, "Properties");
    const dialog = files.dialog(name);
    await dialog.getByRole("button", { name: "Compute" }).click();
    await expect(dialog).toContainText(await folder.sha256(name));
    await dialog.getByRole("button", { name: "Copy the SHA-256" }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await folder.sha256(name));
    await files.press("Escape");
    await expect(dialog).toBeHidden();
  }
  await files.menu("huge", "Properties");
  await expect(files.dialog("huge")).toContainText("headlessos cp --verify");
  await expect(files.dialog("huge").getByRole("button", { name: "Compute" })).toHaveCount(0);
});

test("a compressed archive is listed, a damaged one says so, and none is read on when its window closes", async ({ desktop, folder, openFiles, page, richHost }) => {
  await folder.sh(`mkdir -p "tree/$(printf %0120d 7)"; for i in $(seq 40); do head -c $((i * 999)) /dev/urandom >tree/f$i; done; echo x >"tree/$(printf %0120d 7)/naïve 🦊"; ln -s f1 tree/link
    tar czf a.tar.gz tree; tar czf b.tgz tree; head -c 200000 a.tar.gz >cut.tar.gz; (head -c 100 a.tar.gz; head -c 9000 /dev/urandom) >torn.tar.gz; seq 9000 | gzip >log.gz
    head -c 200000000 /dev/urandom >rand; tar cf - rand tree | gzip -1 >large.tgz; rm rand`);
  const files = await openFiles();
  const viewer = desktop.window(`Viewer – ${richHost.name}`);
  const close = () => viewer.getByRole("button", { name: "Close", exact: true }).click();
  const names = (await folder.sh("tar tzf a.tar.gz --quoting-style=literal")).trimEnd().split("\n");
  for (const name of ["a.tar.gz", "b.tgz"]) {
    await files.menu(name, "Open in the viewer");
    await expect(viewer).toContainText(`${names.length} entries`);
    await viewer.getByRole("searchbox", { name: "Filter the contents" }).fill("🦊");
    await expect(viewer.getByText(names.find((each) => each.includes("🦊")) ?? "none", { exact: true })).toBeVisible();
    await viewer.getByRole("searchbox", { name: "Filter the contents" }).fill("f40");
    await expect(viewer.getByText("tree/f40", { exact: true })).toBeVisible();
    await expect(viewer).toContainText("39.0 KiB");
    await close();
  }
  await files.menu("cut.tar.gz", "Open in the viewer");
  await expect(viewer).toContainText("The archive is damaged: what comes after these entries cannot be read.");
  await close();
  await files.menu("torn.tar.gz", "Open in the viewer");
  await expect(viewer).toContainText("The archive is damaged");
  await close();
  await files.menu("log.gz", "Open in the viewer");
  await expect(viewer.getByRole("heading", { name: "One compressed file" })).toBeVisible();
  await close();

  const stopped = page.waitForEvent("requestfailed", (request) => request.url().includes("large.tgz"));
  await files.menu("large.tgz", "Open in the viewer");
  await expect(viewer.getByRole("progressbar", { name: "Unpacking" })).toBeVisible();
  await close();
  expect((await stopped).failure()?.errorText).toContain("ABORTED");
});

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test(`what is new here can be used by everyone, on a ${screen}`, async ({ desktop, folder, openFiles, page, richHost }) => {
    await folder.sh("mkdir from to; seq 30 >base; sed 's/^7$/seven/' base >from/a.txt; cp base to/a.txt; tar czf a.tgz from");
    const files = await openFiles();
    await copyInto(files, `${folder.path}/from`, ["a.txt"], `${folder.path}/to`);
    await question(files, "a.txt").waitFor();
    await page.setViewportSize(viewport);
    const dialog = await compare(files, "a.txt");
    await expect(dialog.locator(".cm-content").last()).toContainText("seven");
    await isAccessibleInBoth(desktop, "comparison");
    await files.press("Escape");
    await expect(dialog).toBeHidden();
    await question(files, "a.txt").getByRole("button", { name: "Replace", exact: true }).click();
    await files.says("Copied a.txt");
    await files.button("More").click();
    await expect(page.getByRole("menu")).toBeVisible();
    await isAccessibleInBoth(desktop, "the setting");
    await files.press("Escape");
    await files.menu("a.txt", "Properties");
    await files.dialog("a.txt").getByRole("button", { name: "Compute" }).click();
    await expect(files.dialog("a.txt")).toContainText(await folder.sha256("to/a.txt"));
    await isAccessibleInBoth(desktop, "SHA-256");
    await files.press("Escape");
    await files.goTo(folder.path);
    await files.menu("a.tgz", "Open in the viewer");
    const viewer = desktop.window(`Viewer – ${richHost.name}`);
    await expect(viewer).toContainText("2 entries");
    await isAccessibleInBoth(desktop, "a compressed archive");
  });
}
