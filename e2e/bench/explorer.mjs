// One run of the File Explorer's benchmark: a folder of 100,000 files, and 1 GiB down and up beside the command line; prints the figures as one line of JSON.
// Usage: node explorer.mjs LAUNCH_URL, with HEADLESSOS_LAB_HOSTS, HEADLESSOS_CHROMIUM and HEADLESSOS_BIN (the program) set.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { host, identity, leaveThisComputer, opened, trustedServer } from "./desktop.mjs";

const NAMES = 100_000;
const LARGE_BYTES = 1024 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;

const [launchUrl] = process.argv.slice(2);
const { browser, page } = await opened();
const folder = mkdtempSync(join(tmpdir(), "headlessos-bench-"));
try {
  for (const name of ["names", "there", "here", "data"]) mkdirSync(join(folder, name), name === "data" ? { mode: 0o700 } : {});
  for (let number = 0; number < NAMES; number += 1) closeSync(openSync(join(folder, "names", `${"abcdefghij"[number % 10]}${number}`), "w"));
  const large = openSync(join(folder, "here/large"), "w");
  for (let at = 0; at < LARGE_BYTES; at += PIECE_BYTES) writeSync(large, randomBytes(PIECE_BYTES));
  closeSync(large);
  await page.goto(launchUrl);
  await page.locator("nav[aria-label=Taskbar]").waitFor();
  await leaveThisComputer(page);
  await trustedServer(page, "bench");
  await openExplorer();
  const figures = { ...(await ofFolder(join(folder, "names"))), ...(await ofTransfers()) };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  for await (const _ of process.stdin);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

async function openExplorer() {
  const taskbar = page.getByRole("navigation", { name: "Taskbar" });
  await taskbar.getByRole("button", { name: /^Server / }).click();
  await page.getByRole("dialog", { name: "Switch server" }).getByRole("button", { name: /^bench/ }).click();
  await page.getByRole("region", { name: "Dashboard – bench" }).getByRole("button", { name: "Close" }).click();
  await taskbar.getByRole("button", { name: "File Explorer" }).click();
  await page.locator("[data-files-area]").waitFor();
}

async function goTo(path) {
  await page.getByRole("button", { name: "Type a path" }).click();
  await page.getByRole("combobox", { name: "Path" }).fill(path);
}

async function ofFolder(path) {
  await goTo(path);
  await page.evaluate(() => {
    globalThis.opened = new Promise((resolve) => {
      addEventListener("keydown", ({ timeStamp }) => {
        let firstRowsMs = null;
        const look = (now) => {
          const area = document.querySelector("[data-files-area]");
          if (firstRowsMs === null && area?.getAttribute("aria-label") === "Items in names" && area.querySelector("[data-at]") !== null) firstRowsMs = now - timeStamp;
          if (firstRowsMs !== null && area?.getAttribute("aria-busy") === "false") resolve({ firstRowsMs, allRowsMs: now - timeStamp });
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, { capture: true, once: true });
    });
  });
  await page.keyboard.press("Enter");
  const open = await page.evaluate(() => globalThis.opened);
  await page.waitForTimeout(1000);
  const box = await page.locator("[data-files-area]").boundingBox();
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    globalThis.frames = [];
    let last = performance.now();
    const look = (now) => {
      globalThis.frames.push(now - last);
      last = now;
      globalThis.looking = requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await session.send("Input.synthesizeScrollGesture", { x: box.x + box.width / 2, y: box.y + box.height / 2, yDistance: -24_000, speed: 6000, gestureSourceType: "mouse" });
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.looking);
    return globalThis.frames.toSorted((one, other) => one - other);
  });
  const frameP95Ms = frames[Math.floor(frames.length * 0.95)];

  await page.locator("[data-files-area]").focus();
  const waits = [];
  for (const letter of "hcjae") {
    await page.waitForTimeout(1500);
    await page.evaluate((start) => {
      globalThis.typed = new Promise((resolve) => {
        addEventListener("keydown", ({ timeStamp }) => {
          const look = (now) => {
            const row = document.querySelector("[data-at][aria-selected=true] bdi");
            if (row?.textContent?.startsWith(start) === true) resolve(now - timeStamp);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }, { capture: true, once: true });
      });
    }, letter);
    await page.keyboard.press(letter);
    waits.push(await page.evaluate(() => globalThis.typed));
  }
  return { ...open, frameP95Ms, typeAheadMs: Math.max(...waits) };
}

async function ofTransfers() {
  const [here, there] = [join(folder, "here/large"), join(folder, "there")];
  await goTo(there);
  await page.keyboard.press("Enter");
  await page.locator('[data-files-area][aria-label="Items in there"]').waitFor();
  const news = page.getByRole("status").filter({ has: page.getByRole("button", { name: "Dismiss" }) });
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  const picker = page.waitForEvent("filechooser");
  await page.getByRole("menuitem").filter({ has: page.getByText("Files", { exact: true }) }).click();
  const chooser = await picker;
  let begun = performance.now();
  await chooser.setFiles(here);
  await news.getByText("Uploaded").waitFor({ timeout: 120_000 });
  const uploadMs = performance.now() - begun;
  if (statSync(join(there, "large")).size !== LARGE_BYTES) throw new Error("The upload is not whole.");
  await page.locator("[data-at] bdi").getByText("large", { exact: true }).click();
  const waiting = page.waitForEvent("download");
  begun = performance.now();
  await page.getByRole("button", { name: /^Download/ }).first().click();
  const download = await waiting;
  const path = await download.path();
  const downloadMs = performance.now() - begun;
  if (statSync(path).size !== LARGE_BYTES) throw new Error("The download is not whole.");
  await download.delete();
  rmSync(join(there, "large"));

  const data = join(folder, "data");
  writeFileSync(join(data, "known_hosts"), `${host.knownHostsLine}\n`);
  const socket = join(folder, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  while (!existsSync(socket)) await page.waitForTimeout(20);
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  execFileSync("ssh-add", ["-q", identity], { env });
  const remote = `${host.users[0].name}@${host.address}:${host.port}:${join(there, "large")}`;
  const cp = (from, to) => {
    const start = performance.now();
    execFileSync(process.env.HEADLESSOS_BIN, ["--data-dir", data, "cp", "-q", from, to], { env, stdio: ["ignore", "ignore", "inherit"] });
    return performance.now() - start;
  };
  const cpUpMs = cp(here, remote);
  const cpDownMs = cp(remote, join(folder, "here/back"));
  agent.kill();
  return { uploadShare: cpUpMs / uploadMs, downloadShare: cpDownMs / downloadMs };
}
