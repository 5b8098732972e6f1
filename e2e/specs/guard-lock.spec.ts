// A locked page shows and does nothing, and goes on where it was once its person is proved to be there; each browser's session is ended by itself.
import type { Page } from "@playwright/test";
import { isAccessible, isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { Desktop } from "../support/desktop.ts";
import { startProgram, type Program } from "../support/program.ts";
import { ShownTerminal } from "../support/terminalSettings.ts";
import { expect, test } from "../support/test.ts";
import { unlockAddress } from "../support/unlock.ts";

// What a page without a session asks is refused.
test.use({ expectedErrors: [/status of 401|WebSocket connection|net::ERR/] });

async function security(desktop: Desktop) {
  await desktop.openApp("Settings");
  const settings = desktop.window(/^Settings/);
  await settings.getByRole("button", { name: "Security", exact: true }).click();
  return settings;
}

/** The refusal's code, as a script of the page gets it; "let in" where there is none. */
function refusal(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = await fetch("/api/servers");
    return answer.ok ? "let in" : ((await answer.json()) as { error: { code: string } }).error.code;
  });
}

const lockScreen = (page: Page) => page.getByRole("heading", { name: "HeadlessOS is locked" });

/** Starts the program anew and opens its address in another tab, while the first page cannot look who answers; then it can, goes on, and leaves the other one its session. */
async function goesOnBeside(page: Page, program: Program): Promise<void> {
  await page.route("**/api/session/proof", (route) => route.abort());
  const again = await startProgram(program.folder, program.port);
  const second = await page.context().newPage();
  // By its element: behind the question about root it has no role.
  const taskbar = (each: Page) => each.locator("nav[aria-label=Taskbar]");
  try {
    await second.goto(again.launchUrl);
    await taskbar(second).waitFor();
    await expect(lockScreen(page)).toBeVisible();
    await page.unroute("**/api/session/proof");
    await expect(taskbar(page)).toBeVisible();
    expect(await refusal(second)).toBe("let in");
    await expect(taskbar(second)).toBeVisible();
    await expect(lockScreen(second)).toBeHidden();
  } finally {
    await page.goto("about:blank");
    await second.close();
    await again.end();
  }
}

test.describe("with a terminal", () => {
  test.use({ usesThisComputer: true });

  test("a locked page holds nothing of the desktop, and terminals go on", async ({ desktop, program }) => {
    const { page } = desktop;
    const sockets = new Set<string>();
    page.on("websocket", (socket) => {
      sockets.add(socket.url());
      socket.on("close", () => sockets.delete(socket.url()));
    });
    await page.reload();
    const app = await ShownTerminal.open(desktop);
    await app.type("kept=here; echo pass''word");
    await app.says("password");
    expect([...sockets].map((url) => new URL(url).pathname.split("/").at(-1)).sort()).toEqual(["live", "socket"]);

    await page.keyboard.press("Control+Alt+l");
    await expect(lockScreen(page)).toBeFocused();
    await expect(page).toHaveTitle("Locked – HeadlessOS");
    const text = await page.evaluate(() => document.documentElement.outerHTML);
    for (const hidden of ["This computer", "password", "Taskbar", "xterm"]) expect(text).not.toContain(hidden);
    await expect.poll(() => sockets.size).toBe(0);
    expect(await refusal(page)).toBe("locked");

    // A reload is no way in.
    await page.reload();
    await expect(lockScreen(page)).toBeVisible();
    expect(await refusal(page)).toBe("locked");

    const other = await page.context().newPage();
    await other.goto(unlockAddress(program));
    await expect(app.screens.first()).toBeVisible();
    await app.type("echo still $kept");
    await app.says("still here");
    await other.close();
  });
});

test("without a reload the windows are as they were, and every tab is locked", async ({ desktop, program }) => {
  const { page } = desktop;
  const settings = await security(desktop);
  const second = await page.context().newPage();
  await second.goto(program.url);
  await second.locator("nav[aria-label=Taskbar]").waitFor();
  await settings.getByRole("button", { name: "Lock now" }).click();
  await expect(lockScreen(page)).toBeVisible();
  await expect(lockScreen(second)).toBeVisible();
  // By the address in the page itself.
  const url = new URL(unlockAddress(program));
  await page.evaluate((hash) => (window.location.hash = hash), url.hash);
  await expect(settings).toBeVisible();
  await expect(second.locator("nav[aria-label=Taskbar]")).toBeVisible();
  expect(new URL(page.url()).hash).toBe("");
  expect(await refusal(page)).toBe("let in");
});

test("another browser is let in by an address that is good once, listed and ended", async ({ desktop, browser }) => {
  const settings = await security(desktop);
  const rows = settings.getByRole("list", { name: "Sessions" }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("This one");
  await settings.getByRole("button", { name: "Open in another browser" }).click();
  const address = settings.getByRole("region", { name: "Address for another browser" });
  const url = (await address.locator("code").textContent()) ?? "";
  const context = await browser.newContext({ userAgent: "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0" });
  try {
    const other = await context.newPage();
    await other.goto(url);
    await other.locator("nav[aria-label=Taskbar]").waitFor();
    await expect(rows).toHaveCount(2);
    await isAccessibleInBoth(desktop, "two sessions and an address");
    await settings.getByRole("button", { name: "End the session of Firefox on Windows" }).click();
    await expect(other.getByRole("heading", { name: "This page has no session" })).toBeVisible();
    await expect(other.locator("body")).not.toContainText("This computer");
    expect(await refusal(other)).toBe("unauthorized");
    await expect(rows).toHaveCount(1);
    const third = await context.newPage();
    await third.goto(url);
    await expect(third.getByRole("heading", { name: "This page has no session" })).toBeVisible();
  } finally {
    await context.close();
  }
});

test("a page that cannot say that it is to be locked stays locked, by a false address and over a reload", async ({ desktop, program }) => {
  const { page } = desktop;
  let tries = 0;
  await page.route("**/api/session/lock", (route) => {
    tries += 1;
    return route.abort();
  });
  const triesAgain = async () => {
    const before = tries;
    await expect.poll(() => tries).toBeGreaterThan(before);
    await expect(lockScreen(page)).toBeVisible();
    await expect(desktop.taskbar).toBeHidden();
  };
  await page.keyboard.press("Control+Alt+l");
  await triesAgain();
  await page.evaluate(() => (window.location.hash = "launch=anything"));
  await triesAgain();
  await page.reload();
  await triesAgain();
  expect(await refusal(page)).toBe("let in");
  await page.unroute("**/api/session/lock");
  // It is loaded anew meanwhile.
  await expect(async () => expect(await refusal(page)).toBe("locked")).toPass();
  await page.goto(unlockAddress(program));
  await desktop.taskbar.waitFor();
});

test("a page without its program is locked in time too", async ({ desktop, program }) => {
  const { page } = desktop;
  const settings = await security(desktop);
  await settings.getByRole("switch", { name: "Lock when nobody is here" }).click();
  await expect(settings.getByRole("spinbutton", { name: "Lock after" })).toHaveValue("10");
  await program.end();
  await expect(page.getByRole("heading", { name: "HeadlessOS is not running" })).toBeVisible();
  await expect(page).toHaveTitle("HeadlessOS");
  await page.clock.install();
  await page.clock.fastForward("09:00");
  await expect(page.getByRole("heading", { name: "HeadlessOS is not running" })).toBeVisible();
  await page.clock.fastForward("01:00");
  await expect(lockScreen(page)).toBeVisible();
  await page.clock.resume();
  // It wants nobody else locked.
  await goesOnBeside(page, program);
});

test("a page that was locked by hand locks no session that was opened since", async ({ desktop, program }) => {
  const { page } = desktop;
  await page.route("**/api/session/lock", (route) => route.abort());
  await page.keyboard.press("Control+Alt+l");
  await expect(lockScreen(page)).toBeVisible();
  await program.end();
  await page.unroute("**/api/session/lock");
  await goesOnBeside(page, program);
});

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport, colorScheme: "dark" });

    test("locking and sessions are for everybody", async ({ desktop, program }) => {
      const settings = await security(desktop);
      await settings.getByRole("switch", { name: "Lock when nobody is here" }).click();
      await expect(settings.getByRole("spinbutton", { name: "Lock after" })).toHaveValue("10");
      await isAccessibleInBoth(desktop, "security");
      await desktop.taskbar.getByRole("button", { name: "Start" }).click();
      await desktop.dialog("Start menu").getByRole("button", { name: "Lock", exact: true }).click();
      await expect(lockScreen(desktop.page)).toBeVisible();
      await isAccessible(desktop, "locked");
      await desktop.page.goto(unlockAddress(program));
      await desktop.taskbar.waitFor();
    });
  });
}
