// Windows, start menu, theme: by pointer and by keyboard, and after a reload.
import type { Locator } from "@playwright/test";
import { expect, test } from "../support/test.ts";

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It is not shown.");
  return { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width), height: Math.round(box.height) };
}

test.describe("windows", () => {
  test("move, resize, maximise, restore, minimise and close by pointer", async ({ desktop }) => {
    const { page } = desktop;
    const window = desktop.window("Dashboard – This computer");
    const before = await boxOf(window);
    const title = { x: before.x + before.width / 2, y: before.y + 12 };

    await page.mouse.move(title.x, title.y);
    await page.mouse.down();
    await page.mouse.move(title.x - 40, title.y + 20, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => boxOf(window)).toEqual({ ...before, x: before.x - 40, y: before.y + 20 });

    const moved = await boxOf(window);
    const corner = { x: moved.x + moved.width, y: moved.y + moved.height };
    await page.mouse.move(corner.x, corner.y);
    await page.mouse.down();
    await page.mouse.move(corner.x - 100, corner.y - 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => boxOf(window)).toEqual({ ...moved, width: moved.width - 100, height: moved.height - 60 });

    const resized = await boxOf(window);
    const desk = await boxOf(page.getByRole("main", { name: "Desktop" }));
    await window.getByRole("button", { name: "Maximise" }).click();
    await expect.poll(() => boxOf(window)).toEqual(desk);
    await window.getByRole("button", { name: "Restore" }).click();
    await expect.poll(() => boxOf(window)).toEqual(resized);

    await window.getByRole("button", { name: "Minimise" }).click();
    await expect(window).toBeHidden();
    await desktop.taskbar.getByRole("button", { name: "Dashboard" }).click();
    await expect.poll(() => boxOf(window)).toEqual(resized);

    await window.getByRole("button", { name: "Close" }).click();
    await expect(window).toHaveCount(0);
    await page.getByRole("list", { name: "Desktop icons" }).getByRole("button", { name: "Dashboard" }).dblclick();
    await expect(window).toBeVisible();
  });

  test("snap to a half at the edge and to a quarter in the corner", async ({ desktop }) => {
    const { page } = desktop;
    const window = desktop.window("Dashboard – This computer");
    const desk = await boxOf(page.getByRole("main", { name: "Desktop" }));
    const start = await boxOf(window);
    const drag = async (x: number, y: number) => {
      const box = await boxOf(window);
      await page.mouse.move(box.x + box.width / 2, box.y + 12);
      await page.mouse.down();
      await page.mouse.move(x, y, { steps: 6 });
      await page.mouse.up();
    };
    await drag(desk.x + 2, desk.y + desk.height / 2);
    await expect.poll(() => boxOf(window)).toEqual({ ...desk, width: desk.width / 2 });
    await drag(desk.x + desk.width - 3, desk.y + desk.height - 10);
    await expect.poll(async () => (await boxOf(window)).x).toBe(desk.width / 2);
    expect((await boxOf(window)).height).toBe(desk.height - Math.floor(desk.height / 2));
    await drag(desk.x + desk.width / 2, desk.y + desk.height / 3);
    await expect.poll(async () => (await boxOf(window)).width).toBe(start.width);
  });

  test("obey the keyboard alone", async ({ desktop }) => {
    const { page } = desktop;
    const desk = await boxOf(page.getByRole("main", { name: "Desktop" }));
    const window = desktop.window("Dashboard – This computer");
    const start = await boxOf(window);
    await page.keyboard.press("Control+Alt+ArrowLeft");
    await expect.poll(() => boxOf(window)).toEqual({ ...desk, width: desk.width / 2 });
    await page.keyboard.press("Control+Alt+ArrowRight");
    await expect.poll(() => boxOf(window)).toEqual(start);
    await page.keyboard.press("Control+Alt+ArrowUp");
    await expect.poll(() => boxOf(window)).toEqual(desk);
    await page.keyboard.press("Control+Alt+Enter");
    await expect.poll(() => boxOf(window)).toEqual(start);

    await page.keyboard.press("Control+Alt+Space");
    await page.getByRole("menuitem", { name: "Move by arrow keys" }).press("Enter");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect.poll(() => boxOf(window)).toEqual({ ...start, x: start.x - 24 });
    await page.keyboard.press("Control+Alt+Space");
    await page.getByRole("menuitem", { name: "Resize by arrow keys" }).press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    await expect.poll(() => boxOf(window)).toEqual({ ...start, x: start.x - 24 });

    await page.keyboard.press("Control+Alt+M");
    await expect(window).toBeHidden();
    await page.keyboard.press("Control+Alt+ArrowUp");
    await expect(window).toBeVisible();

    await page.keyboard.press("Control+Alt+S");
    await expect(page.getByRole("combobox", { name: "Search apps, servers and actions" })).toBeFocused();
    await page.keyboard.type("servers");
    await page.keyboard.press("Enter");
    const servers = desktop.window("Servers – This computer");
    await expect(servers).toBeFocused();
    await page.keyboard.press("Control+Alt+Tab");
    await expect(window).toBeFocused();
    await page.keyboard.press("Control+Alt+W");
    await expect(window).toHaveCount(0);
    await expect(servers).toBeFocused();
    await page.keyboard.press("F6");
    await expect(desktop.taskbar.getByRole("button", { name: "Start" })).toBeFocused();
  });

  test("come back as they were after a reload", async ({ desktop }) => {
    const { page } = desktop;
    await page.keyboard.press("Control+Alt+ArrowLeft");
    await desktop.taskbar.getByRole("button", { name: "Servers" }).click();
    const [dashboard, servers] = [desktop.window("Dashboard – This computer"), desktop.window("Servers – This computer")];
    await servers.getByRole("button", { name: "Maximise" }).click();
    const desk = await boxOf(page.getByRole("main", { name: "Desktop" }));
    await expect.poll(() => boxOf(servers)).toEqual(desk);
    // It is stored a moment later.
    await expect.poll(() => page.evaluate(() => localStorage.getItem("headlessos.layout"))).toContain('"maximized"');
    await page.reload();
    await expect.poll(() => boxOf(servers)).toEqual(desk);
    await expect.poll(() => boxOf(dashboard)).toEqual({ ...desk, width: desk.width / 2 });
  });

  test("lie wholly on a smaller desktop, and fill a phone", async ({ desktop }) => {
    const { page } = desktop;
    const window = desktop.window("Dashboard – This computer");
    await page.setViewportSize({ width: 800, height: 600 });
    const desk = () => boxOf(page.getByRole("main", { name: "Desktop" }));
    await expect
      .poll(async () => {
        const [outer, inner] = [await desk(), await boxOf(window)];
        return inner.x >= outer.x && inner.x + inner.width <= outer.width && inner.y + inner.height <= outer.y + outer.height;
      })
      .toBe(true);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(async () => JSON.stringify(await boxOf(window)) === JSON.stringify(await desk())).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test.describe("start menu", () => {
  test("finds apps, servers and actions", async ({ desktop }) => {
    const { page } = desktop;
    await desktop.taskbar.getByRole("button", { name: "Start" }).click();
    const menu = desktop.dialog("Start menu");
    const search = menu.getByRole("combobox", { name: "Search apps, servers and actions" });
    await expect(search).toBeFocused();
    await search.fill("dash");
    await expect(menu.getByRole("option")).toHaveText([/Dashboard/]);
    await search.fill("this comp");
    await expect(menu.getByRole("option").first()).toContainText("This computer");
    await search.fill("nothing is called so");
    await expect(menu.getByText("Nothing is called that.")).toBeVisible();
    await search.fill("add server");
    await page.keyboard.press("Enter");
    await expect(desktop.dialog("Add server")).toBeVisible();
  });

  test("gives the focus back on Escape", async ({ desktop }) => {
    const start = desktop.taskbar.getByRole("button", { name: "Start" });
    await start.focus();
    await desktop.page.keyboard.press("Enter");
    await expect(desktop.dialog("Start menu")).toBeVisible();
    await desktop.page.keyboard.press("Escape");
    await expect(desktop.dialog("Start menu")).toBeHidden();
    await expect(start).toBeFocused();
  });
});

test.describe("theme", () => {
  const background = (desktop: { page: import("@playwright/test").Page }) =>
    desktop.page.getByRole("region", { name: "Dashboard – This computer" }).evaluate((window) => getComputedStyle(window).backgroundColor);
  const lightness = (color: string) => (/[\d.]+/g[Symbol.match](color) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);

  test("follows the choice, and keeps it over a reload", async ({ desktop }) => {
    const dark = lightness(await background(desktop));
    await desktop.taskbar.getByRole("button", { name: "Appearance" }).click();
    await desktop.dialog("Appearance").getByText("Light", { exact: true }).click();
    await expect.poll(async () => lightness(await background(desktop))).toBeGreaterThan(dark);
    const light = lightness(await background(desktop));
    await desktop.page.reload();
    await expect.poll(async () => lightness(await background(desktop))).toBe(light);
  });

  test("follows the system where it is to", async ({ desktop }) => {
    const dark = lightness(await background(desktop));
    await desktop.page.emulateMedia({ colorScheme: "light" });
    await expect.poll(async () => lightness(await background(desktop))).toBeGreaterThan(dark);
  });
});
