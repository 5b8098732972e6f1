// The first minute: one command, and This computer's figures are there; the page without its session says what to do.
import { cpus, hostname, totalmem } from "node:os";
import { PROGRAM_ENDS } from "../support/program.ts";
import { expect, test, watch } from "../support/test.ts";

test.describe("This computer", () => {
  test.use({ usesThisComputer: true });

  test("shows true figures at once", async ({ desktop }) => {
    await desktop.isConnected("This computer");
    await expect(desktop.window("Dashboard – This computer")).toBeVisible();
    await expect.poll(() => desktop.figure("memory.total")).toBe(totalmem());
    await expect(desktop.card("System").getByText(hostname(), { exact: true })).toBeVisible();
    await expect.poll(() => desktop.figure("cpu.busy")).not.toBeNull();
    await desktop.card("CPU").getByRole("button", { name: /^\d+ cores?$/ }).hover();
    await expect.poll(async () => (await desktop.figures("cpu.core.")).size).toBe(cpus().length);
  });

  test("shows the command behind a card, with what it printed", async ({ desktop }) => {
    await desktop.isConnected("This computer");
    const card = desktop.card("Memory");
    await expect.poll(() => desktop.figure("memory.total")).not.toBeNull();
    await card.getByRole("button", { name: "Show the command" }).click();
    const dialog = desktop.dialog("Show the command");
    await expect(dialog.getByRole("group", { name: "Files read over SFTP" })).toHaveText("/proc/meminfo");
    await expect(dialog.getByRole("group", { name: "Raw output" })).toContainText(/MemTotal: +\d+ kB/);
    await dialog.getByRole("tab", { name: "JSON" }).click();
    await expect(dialog.getByRole("group", { name: "JSON" })).toContainText(`"totalBytes": ${totalmem()}`);
    await desktop.page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });
});

test("the program that runs as root asks before This computer is used", async ({ program, page }) => {
  test.skip(process.getuid?.() !== 0, "the program does not run as root here");
  const faults = await watch(page);
  await page.goto(program.launchUrl);
  const question = page.getByRole("dialog", { name: "HeadlessOS runs as root" });
  await expect(question).toBeVisible();
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(page.locator("data[data-measure='memory.total']")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  await expect(page.getByRole("region", { name: "Dashboard – This computer" })).toContainText("Not connected to This computer");
  expect(faults).toEqual([]);
});

test("the launch secret leaves the address bar and works once", async ({ desktop, program, browser }) => {
  expect(desktop.page.url()).toBe(program.url);
  const other = await browser.newContext();
  const page = await other.newPage();
  await page.goto(program.launchUrl);
  await expect(page.getByRole("heading", { name: "This page has no session" })).toBeVisible();
  await other.close();
});

test("a reload keeps the session", async ({ desktop }) => {
  await desktop.page.reload();
  await expect(desktop.taskbar).toBeVisible();
});

test.describe("a program that ends", () => {
  test.use({ expectedErrors: [PROGRAM_ENDS] });

  test("is missed by the page, which says so", async ({ desktop, program }) => {
    await program.stop();
    await expect(desktop.page.getByRole("alert").filter({ hasText: "HeadlessOS is not running" })).toBeVisible();
  });
});

test("a browser whose live connection something closes is told so, and goes on once it is let through", async ({ program, page }) => {
  const faults = await watch(page);
  await page.addInitScript(() => {
    const Real = window.WebSocket;
    const closed = class extends EventTarget {
      onclose: ((event: { code: number }) => void) | null = null;
      constructor() {
        super();
        queueMicrotask(() => this.onclose?.({ code: 1006 }));
      }
      close(): void {
        // It is closed.
      }
    };
    Object.assign(window, { WebSocket: closed, letThrough: () => (window.WebSocket = Real) });
  });
  await page.goto(program.launchUrl);
  await expect(page.getByRole("alert").filter({ hasText: "No live connection" })).toBeVisible();
  await page.evaluate(() => (window as unknown as { letThrough: () => void }).letThrough());
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page.getByRole("dialog", { name: "HeadlessOS runs as root" }).or(page.getByRole("button", { name: "Start" })).first()).toBeVisible();
  expect(faults).toEqual([]);
});
