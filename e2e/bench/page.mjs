// One run of the page benchmark: opens the desktop, connects a server, prints the figures as one line of JSON and keeps the page open until its input ends.
// Usage: node page.mjs LAUNCH_URL, with HEADLESSOS_LAB_HOSTS (the lab's hosts.json, with its loopback host `sshd`) and HEADLESSOS_CHROMIUM (a program) set.
import process from "node:process";
import { leaveThisComputer, opened, trustedServer } from "./desktop.mjs";

/** The cards whose figures make the dashboard a painted one. */
const CARDS = ["CPU", "Memory", "Load", "Network", "Filesystems", "System"];
/** How long the dashboard is open before its memory is read: some refreshes of the live figures. */
const SETTLE_MS = 8000;

const [launchUrl] = process.argv.slice(2);
const { browser, page } = await opened();
const scripts = await countScriptBytes(page);

await page.goto(launchUrl, { waitUntil: "load" });
const firstContentfulPaintMs = await page.evaluate(
  () =>
    new Promise((resolve) => {
      new PerformanceObserver((list) => {
        const paint = list.getEntriesByName("first-contentful-paint")[0];
        if (paint) resolve(paint.startTime);
      }).observe({ type: "paint", buffered: true });
    }),
);
await page.locator("nav[aria-label=Taskbar]").waitFor();
await page.waitForLoadState("networkidle");
const initialScriptKb = scripts.bytes() / 1000;
await leaveThisComputer(page);

await trustedServer(page, "bench");
const connectToPaintedMs = await connectToPainted(page, "bench");
await page.waitForTimeout(SETTLE_MS);
process.stdout.write(`${JSON.stringify({ firstContentfulPaintMs, connectToPaintedMs, initialScriptKb })}\n`);

for await (const _ of process.stdin);
await browser.close();

/** Counts the bytes of scripts as they came over the wire, headers included. */
async function countScriptBytes(page) {
  const session = await page.context().newCDPSession(page);
  const sizes = new Map();
  await session.send("Network.enable");
  session.on("Network.responseReceived", (event) => {
    if (event.type === "Script") sizes.set(event.requestId, 0);
  });
  session.on("Network.loadingFinished", (event) => {
    if (sizes.has(event.requestId)) sizes.set(event.requestId, event.encodedDataLength);
  });
  return { bytes: () => [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}

/** Chooses the server in the switcher; from that click until its cards' figures are on the screen, in ms. */
async function connectToPainted(page, name) {
  await page.getByRole("navigation", { name: "Taskbar" }).getByRole("button", { name: /^Server / }).click();
  const choice = page.getByRole("dialog", { name: "Switch server" }).getByRole("button", { name });
  await choice.waitFor();
  await page.evaluate((cards) => {
    const hasFigure = (card) => {
      const region = document.querySelector(`[role="region"][aria-label="${card}"], section[aria-label="${card}"]`);
      return [...(region?.querySelectorAll("data[value]") ?? [])].some((figure) => figure.value !== "");
    };
    globalThis.painted = new Promise((resolve) => {
      addEventListener("click", ({ timeStamp }) => {
        const look = () => {
          if (cards.every(hasFigure)) requestAnimationFrame(() => requestAnimationFrame((now) => resolve(now - timeStamp)));
          else requestAnimationFrame(look);
        };
        look();
      }, { capture: true, once: true });
    });
  }, CARDS);
  await choice.click();
  return page.evaluate(() => globalThis.painted);
}
