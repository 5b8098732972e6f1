// Several servers at once: each keeps its windows, the taskbar, keys and palette go from one to the next, and windows of several stand side by side.
import { isAccessible, isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { Desktop } from "../support/desktop.ts";
import { startProgram } from "../support/program.ts";
import { expect, test } from "../support/test.ts";

const NAMES = ["alpha", "beta", "gamma"] as const;

/** Adds servers that nobody answers for, so that each has a workspace; ends in the last one's. */
async function openThree(desktop: Desktop): Promise<void> {
  for (const name of NAMES) {
    await desktop.addServer({ host: `${name}.invalid`, port: 22, user: "nobody", name });
    await expect(desktop.window(`Dashboard – ${name}`)).toBeVisible();
  }
}

const row = (desktop: Desktop) => desktop.taskbar.getByRole("list", { name: "Open servers" });
const inRow = (desktop: Desktop, name: string) => row(desktop).getByRole("button", { name: new RegExp(`^Workspace ${name},`) });

async function keepBeside(desktop: Desktop, window: string): Promise<void> {
  await desktop.window(window).getByRole("button", { name: "Window menu" }).click();
  await desktop.page.getByRole("menuitem", { name: "Keep beside other servers" }).click();
  await expect(desktop.page.getByRole("menu")).toBeHidden();
}

test("the taskbar shows the open servers and goes to them", async ({ desktop }) => {
  await openThree(desktop);
  await expect(row(desktop).getByRole("button")).toHaveCount(4);
  await expect(inRow(desktop, "gamma")).toHaveAttribute("aria-current", "true");
  await inRow(desktop, "alpha").click();
  await expect(desktop.window("Dashboard – alpha")).toBeVisible();
  await expect(desktop.window("Dashboard – gamma")).toBeHidden();
  await inRow(desktop, "beta").click({ button: "right" });
  await desktop.page.getByRole("menuitem", { name: "Close workspace" }).click();
  await expect(row(desktop).getByRole("button")).toHaveCount(3);
  await expect(desktop.window("Dashboard – alpha")).toBeVisible();
});

test("keys go to a server by its place, and to the one beside it", async ({ desktop }) => {
  const { keyboard } = desktop.page;
  await openThree(desktop);
  await keyboard.press("Control+Alt+2");
  await expect(desktop.window("Dashboard – alpha")).toBeFocused();
  await keyboard.press("Control+Alt+PageDown");
  await expect(desktop.window("Dashboard – beta")).toBeFocused();
  await keyboard.press("Control+Alt+PageUp");
  await keyboard.press("Control+Alt+PageUp");
  await expect(desktop.window("Dashboard – This computer")).toBeFocused();
  await keyboard.press("Control+Alt+PageUp");
  await expect(desktop.window("Dashboard – gamma")).toBeFocused();
  await keyboard.press("Control+Alt+9");
  await expect(desktop.window("Dashboard – gamma")).toBeFocused();
});

test("the palette finds a server, and an app on a server, by a few letters", async ({ desktop }) => {
  const { page } = desktop;
  await openThree(desktop);
  await page.keyboard.press("Control+k");
  const palette = desktop.dialog("Command palette");
  const box = palette.getByRole("combobox");
  await expect(box).toBeFocused();
  await expect(palette.getByRole("option").first()).toContainText("This computer");
  await isAccessibleInBoth(desktop, "palette");
  await page.keyboard.type("bet");
  await expect(palette.getByRole("option").first()).toContainText("beta");
  await page.keyboard.press("Enter");
  await expect(palette).toBeHidden();
  await expect(desktop.window("Dashboard – beta")).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(box).toBeFocused();
  await page.keyboard.type("serv alp");
  await expect(palette.getByRole("option").first()).toHaveText(/Servers on alpha/);
  await page.keyboard.press("Enter");
  await expect(desktop.window("Servers – alpha")).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(box).toBeFocused();
  await page.keyboard.type("qqqq");
  await expect(palette.getByText("Nothing fits.")).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(palette).toBeHidden();
  await expect(desktop.window("Servers – alpha")).toBeFocused();
});

test("a window kept beside other servers stays, in its own colour, with the keys of its own", async ({ desktop }) => {
  const { page } = desktop;
  await openThree(desktop);
  const pinned = desktop.window("Dashboard – gamma");
  await keepBeside(desktop, "Dashboard – gamma");
  await page.keyboard.press("Control+Alt+ArrowRight");
  await page.keyboard.press("Control+Alt+2");
  const own = desktop.window("Dashboard – alpha");
  await expect(own).toBeFocused();
  await expect(pinned).toBeVisible();
  await page.keyboard.press("Control+Alt+ArrowLeft");
  const identity = (window: typeof own) => window.evaluate((element) => getComputedStyle(element).getPropertyValue("--identity"));
  expect(await identity(pinned)).not.toBe(await identity(own));
  const [left, right] = [await own.boundingBox(), await pinned.boundingBox()];
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
  await isAccessibleInBoth(desktop, "side by side");

  // Every key of windows is for the one that has the keys, whatever its server.
  await page.keyboard.press("Control+Alt+Tab");
  await expect(pinned).toBeFocused();
  await page.keyboard.press("Control+Alt+M");
  await expect(pinned).toBeHidden();
  await expect(own).toBeFocused();
  const beside = desktop.taskbar.getByRole("group", { name: "Windows of other servers" }).getByRole("button", { name: "Dashboard – gamma" });
  await beside.click();
  await expect(pinned).toBeFocused();
  await page.keyboard.press("Control+Alt+B");
  await expect(pinned).toBeHidden();
  await expect(beside).toHaveCount(0);
  await page.keyboard.press("Control+Alt+4");
  await expect(pinned).toBeFocused();
});

test("what a window beside asks for opens beside it", async ({ desktop }) => {
  const { page } = desktop;
  await openThree(desktop);
  await page.keyboard.press("Control+Alt+2");
  await page.keyboard.press("Control+k");
  await expect(desktop.dialog("Command palette").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("servers gamma beside");
  await page.keyboard.press("Enter");
  const beside = desktop.window("Servers – gamma");
  await expect(beside).toBeFocused();
  await expect(desktop.window("Dashboard – alpha")).toBeVisible();
  await expect(desktop.tray).toHaveAccessibleName(/^Server alpha,/);
  await beside.getByRole("button", { name: "Keep in its own workspace" }).click();
  await expect(beside).toBeHidden();
});

test("a program that was started anew has the workspaces as they were", async ({ desktop, program }) => {
  const { page } = desktop;
  await openThree(desktop);
  await keepBeside(desktop, "Dashboard – gamma");
  await page.keyboard.press("Control+Alt+ArrowRight");
  await page.keyboard.press("Control+Alt+3");
  await page.keyboard.press("Control+Alt+ArrowLeft");
  const places = async () => [await desktop.window("Dashboard – beta").boundingBox(), await desktop.window("Dashboard – gamma").boundingBox()];
  await expect(desktop.window("Dashboard – beta")).toBeFocused();
  const before = await places();
  // It is stored a moment later.
  await expect.poll(() => page.evaluate(() => localStorage.getItem("headlessos.layout"))).toMatch(/"active":"[^"]*".*"left"/);
  // Away, so that no page asks a program that is not there.
  await page.goto("about:blank");
  await program.end();
  const again = await startProgram(program.folder, program.port);
  try {
    await page.goto(again.launchUrl);
    await desktop.taskbar.waitFor();
    await expect(desktop.tray).toHaveAccessibleName(/^Server beta,/);
    await expect(row(desktop).getByRole("button")).toHaveCount(4);
    expect(await places()).toEqual(before);
  } finally {
    await page.goto("about:blank");
    await again.end();
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: SCREENS.phone });
  test("one window at a time, and the palette fits", async ({ desktop }) => {
    const { page } = desktop;
    await openThree(desktop);
    await page.setViewportSize(SCREENS.desk);
    await keepBeside(desktop, "Dashboard – gamma");
    await page.setViewportSize(SCREENS.phone);
    await desktop.tray.click();
    await desktop.dialog("Switch server").getByRole("button", { name: /^alpha/ }).click();
    await expect(desktop.window("Dashboard – alpha")).toBeVisible();
    await expect(desktop.window("Dashboard – gamma")).toBeHidden();
    await page.keyboard.press("Control+k");
    await expect(desktop.dialog("Command palette")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SCREENS.phone.width);
    await isAccessible(desktop, "palette on a phone");
  });

  test("a long name leaves room for the start button and the app in front", async ({ desktop }) => {
    await desktop.addServer({ host: "127.0.0.1", port: 1, user: "nobody", name: "a very long name of a build server in some far city" });
    for (const app of ["File Explorer", "Terminal", "Text Editor", "Viewer", "Query Explorer"]) await desktop.openApp(app);
    for (const name of ["Start", "Query Explorer"]) await expect(desktop.taskbar.getByRole("button", { name, exact: true })).toBeInViewport({ ratio: 1 });
    await desktop.taskbar.getByRole("button", { name: "Start" }).click();
    await expect(desktop.dialog("Start menu")).toBeVisible();
  });
});
