// Many transfers at once: three are at work, the others wait for their turn, and an urgent one comes first.
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "../support/filesTest.ts";

const BYTES = 4 * 1024 * 1024;
/** So slow that there is time to look. */
const BYTES_PER_SECOND = 512 * 1024;
const NAMES = ["one", "two", "three", "four", "five"];

test("of five uploads three are at work, and an urgent one goes before them", async ({ folder, openFiles, context }) => {
  const local = mkdtempSync(join(tmpdir(), "headlessos-local-"));
  try {
    const sums = NAMES.map((name) => {
      const bytes = Uint8Array.from(randomBytes(BYTES));
      writeFileSync(join(local, name), bytes);
      return `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`;
    });
    const files = await openFiles();
    const session = await context.newCDPSession(files.page);
    const upTo = (uploadThroughput: number) => session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
    await upTo(BYTES_PER_SECOND);
    await files.button(/^Transfers/).click();
    const list = files.window.getByRole("region", { name: "Transfers" });
    const line = (name: string) => list.getByRole("listitem").filter({ hasText: `Uploading ${name} to` });
    for (const name of NAMES) {
      await files.upload("Files", join(local, name));
      await expect(line(name)).toBeVisible();
    }
    await expect(line("four")).toContainText("Waiting for its turn");
    await expect(line("five")).toContainText("Waiting for its turn");
    for (const name of ["one", "two", "three"]) await expect(line(name)).not.toContainText("Waiting");

    await line("five").getByRole("button", { name: /^Priority normal/ }).click();
    await files.page.getByRole("menuitemradio", { name: "High: before the others" }).click();
    await expect(line("three")).toContainText("Waiting for its turn");
    await expect(line("five")).not.toContainText("Waiting");
    await expect(line("five").getByRole("button", { name: /^Priority high/ })).toBeVisible();

    // By the keyboard: the first is put behind all others.
    await line("one").getByRole("button", { name: /^Priority normal/ }).focus();
    const menu = files.page.getByRole("menu");
    // The menu takes the keys only once it is drawn.
    await files.press("Enter");
    await expect(menu.getByRole("menuitemradio").first()).toBeFocused();
    await files.press("End");
    await expect(menu.getByRole("menuitemradio", { name: "Low: behind the others" })).toBeFocused();
    await files.press("Enter");
    await expect(line("one")).toContainText("Waiting for its turn");
    await expect(line("three")).not.toContainText("Waiting");

    await upTo(-1);
    await expect(list.getByText(/^Uploaded /)).toHaveCount(NAMES.length);
    expect(await folder.sh(`sha256sum ${NAMES.join(" ")}`)).toBe(sums.join(""));
    expect(await folder.names()).toEqual(NAMES.toSorted());
  } finally {
    rmSync(local, { recursive: true });
  }
});
