// What the pointer carries: from this computer, between servers and onto the desktop; and what the clipboard of this computer brings.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { FilesApp, HostFolder } from "../support/files.ts";
import { expect, test } from "../support/filesTest.ts";
import { labHost, whyNot } from "../support/lab.ts";

const SUMS = "find . -type f -exec sha256sum {} + | LC_ALL=C sort";

async function middleOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (box === null) throw new Error("It is not shown.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Takes hold of something and carries it on; the button stays pressed. */
async function carry(page: Page, from: Locator, ...over: Locator[]): Promise<void> {
  const start = await middleOf(from);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 12, start.y + 12, { steps: 3 });
  for (const target of over) await moveOver(page, target);
}

async function moveOver(page: Page, target: Locator): Promise<void> {
  const { x, y } = await middleOf(target);
  await page.mouse.move(x - 2, y - 2, { steps: 4 });
  await page.mouse.move(x, y);
}

test("a folder of this computer is dropped, and comes whole", async ({ folder, openFiles, context, page }) => {
  const local = mkdtempSync(join(tmpdir(), "headlessos-local-"));
  try {
    mkdirSync(join(local, "tree/a b/empty"), { recursive: true });
    for (let number = 0; number < 150; number += 1) writeFileSync(join(local, `tree/a b/${number} ü.txt`), `${number}\n`);
    writeFileSync(join(local, "single.bin"), "single\n");
    await folder.sh("mkdir into");
    const files = await openFiles();
    await files.shows("into");
    const session = await context.newCDPSession(page);
    const drop = async (target: Locator, ...paths: string[]) => {
      const { x, y } = await middleOf(target);
      const data = { items: [], files: paths, dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, x, y, data });
    };
    await drop(files.item("into"), join(local, "tree"), join(local, "single.bin"));
    await files.says("Uploaded 151 items to into");
    const here = execFileSync("sh", ["-c", SUMS], { cwd: local, encoding: "utf8" });
    expect(await folder.sh(`cd into; ${SUMS}`)).toBe(here);
    expect(await folder.sh("find into -type d | LC_ALL=C sort")).toBe("into\ninto/tree\ninto/tree/a b\ninto/tree/a b/empty\n");
  } finally {
    rmSync(local, { recursive: true });
  }
});

test("files on this computer's clipboard are pasted", async ({ folder, openFiles, page }) => {
  const files = await openFiles();
  await files.area.focus();
  await files.area.evaluate((area) => {
    const data = new DataTransfer();
    data.items.add(new File(["from the clipboard\n"], "pasted.txt"));
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await files.says("Uploaded 1 item");
  expect(await folder.read("pasted.txt")).toBe("from the clipboard\n");
  await files.shows("pasted.txt");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("with Ctrl held an item is copied, on the Recycle Bin it goes there, on the editor it opens", async ({ folder, desktop, openFiles, richHost, page }) => {
  await folder.sh("mkdir d; echo one >one.txt; echo two >two.txt");
  const files = await openFiles();
  await files.shows("d", "one.txt", "two.txt");
  await page.keyboard.down("Control");
  await carry(page, files.grip("one.txt"), files.item("d"));
  await page.mouse.up();
  await page.keyboard.up("Control");
  await expect.poll(() => folder.names()).toEqual(["d", "d/one.txt", "one.txt", "two.txt"]);

  const icons = page.getByRole("list", { name: "Desktop icons" });
  await carry(page, files.grip("two.txt"), icons.getByRole("button", { name: "Recycle Bin" }));
  await page.mouse.up();
  await files.says("Moved two.txt to the Recycle Bin");
  await files.shows("d", "one.txt");
  await files.area.focus();
  await files.press("Control+Z");
  await files.shows("d", "one.txt", "two.txt");

  await carry(page, files.grip("one.txt"), desktop.taskbar.getByRole("button", { name: "Text Editor" }));
  await page.mouse.up();
  await expect(desktop.window(`Text Editor – ${richHost.name}`)).toContainText("one");
});

test("items are carried to another server, through the servers at the tray", async ({ folder, desktop, openFiles, richHost, page }) => {
  const other = labHost("deb12-b");
  test.skip(other === null, whyNot("deb12-b"));
  if (other === null) return;
  const target = await new HostFolder(other, "ops").make("mkdir into");
  try {
    await folder.sh("mkdir tree; for i in 1 2 3; do head -c 300000 /dev/urandom >tree/$i; done; printf x >'-odd \"name'");
    await desktop.connect(other, "ops");
    await desktop.window(`Dashboard – ${other.name}`).getByRole("button", { name: "Close" }).click();
    await new FilesApp(desktop, other.name).open(target.path);
    const files = await openFiles();
    await files.select("tree", '-odd "name');
    await carry(page, files.grip("tree"), desktop.tray);
    const server = desktop.dialog("Switch server").getByRole("button", { name: new RegExp(`^${other.name} `) });
    await server.waitFor();
    await moveOver(page, server);
    const there = new FilesApp(desktop, other.name);
    await expect(there.area).toBeVisible();
    await moveOver(page, there.item("into"));
    await page.mouse.up();
    await expect.poll(() => target.names()).toEqual(["into", "into/-odd \"name", "into/tree", "into/tree/1", "into/tree/2", "into/tree/3"]);
    expect(await target.sh(`cd into; ${SUMS}`)).toBe(await folder.sh(SUMS));
    // It is a copy: what was carried stays.
    expect(await folder.names()).toContain("tree/1");

    // By the keyboard: copied here, pasted there.
    await there.goTo(`${target.path}/into/tree`);
    await there.select("1", "2");
    await there.press("Control+C");
    await desktop.tray.click();
    await desktop.dialog("Switch server").getByRole("button", { name: new RegExp(`^${richHost.name} `) }).click();
    await files.area.focus();
    await files.press("Control+V");
    await files.says("Copied 2 items");
    expect(await folder.sh("cmp 1 tree/1; cmp 2 tree/2; echo same")).toBe("same\n");
  } finally {
    await target.remove();
  }
});
