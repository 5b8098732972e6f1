// An upload that loses its connection, is paused, and outlives the end of the program, without losing or doubling a byte.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { passwordOf } from "../support/desktop.ts";
import { FilesApp } from "../support/files.ts";
import { expect, test } from "../support/filesTest.ts";
import { startProgram } from "../support/program.ts";

const FILES = 400;
const LARGE_BYTES = 32 * 1024 * 1024;
/** So slow that there is time to do something about it. */
const BYTES_PER_SECOND = 2 * 1024 * 1024;
const MANIFEST = "find . -type f -exec sha256sum {} + | sort";

test.use({ expectedErrors: [/Failed to load resource|WebSocket connection/] });

test("an upload goes on after a lost connection, a pause and the end of the program", async ({ desktop, program, folder, richHost, sshd, context }) => {
  test.setTimeout(180_000);
  const local = mkdtempSync(join(tmpdir(), "headlessos-local-"));
  mkdirSync(join(local, "up/many"), { recursive: true });
  writeFileSync(join(local, "up/large.bin"), Uint8Array.from(randomBytes(LARGE_BYTES)));
  for (let number = 0; number < FILES; number += 1) writeFileSync(join(local, `up/many/${number}`), Uint8Array.from(randomBytes(4096)));
  await desktop.connect(richHost, "ops", sshd.port);
  await desktop.window(`Dashboard – ${richHost.name}`).getByRole("button", { name: "Close" }).click();
  const files = await new FilesApp(desktop, richHost.name).open(folder.path);
  const arrived = async () => Number(await folder.sh("find . -type f -name '*large*' -o -name '.headlessos-*.part' -size +64k | xargs -r stat -c %s | sort -n | tail -n 1"));
  const grows = async () => {
    const before = await arrived();
    await expect.poll(arrived).toBeGreaterThan(before);
  };
  const session = await context.newCDPSession(desktop.page);
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: BYTES_PER_SECOND });

  await files.upload("A folder", join(local, "up"));
  await grows();
  await sshd.kill();
  await sshd.start();
  await desktop.isConnected(richHost.name);
  await grows();

  const list = files.window.getByRole("region", { name: "Transfers" });
  await expect(list).toBeVisible();
  await list.getByRole("button", { name: /^Pause/ }).click();
  await expect(list).toContainText("Paused");
  await list.getByRole("button", { name: /^Go on/ }).click();
  await grows();

  await program.end();
  const again = await startProgram(program.folder, program.port);
  try {
    expect(again.port).toBe(program.port);
    // The page that sends has no session with the new program until its person opens the address, in another tab.
    const other = await context.newPage();
    await other.goto(again.launchUrl);
    const question = other.getByRole("dialog", { name: "Password" });
    await other.getByRole("button", { name: "Connect", exact: true }).click();
    await question.getByLabel("Password").fill(passwordOf(richHost, "ops"));
    await question.getByRole("button", { name: "Sign in" }).click();
    // All files that are there, so no part is left behind either.
    const there = async () => folder.sh(`cd up 2>/dev/null && ${MANIFEST} || :`);
    const here = execFileSync("sh", ["-c", MANIFEST], { cwd: join(local, "up"), encoding: "utf8" });
    await expect.poll(there, { timeout: 60_000 }).toBe(here);
    // The first page found its session again, and says what became of its upload.
    await expect(files.window).toBeVisible();
    await expect(files.window.getByRole("region", { name: "Transfers" })).toContainText(/Done/);
    await other.close();
  } finally {
    await desktop.page.goto("about:blank");
    await again.end();
    rmSync(local, { recursive: true });
  }
});
