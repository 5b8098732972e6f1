// Every state of the desktop against axe, in dark and light, on a large screen and on a phone.
import { isAccessible, SCREENS } from "../support/accessible.ts";
import { labHost, whyNot } from "../support/lab.ts";
import { Desktop } from "../support/desktop.ts";
import { PROGRAM_ENDS } from "../support/program.ts";
import { expect, test } from "../support/test.ts";

for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ["dark", "light"] as const) {
    test.describe(`${screen}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });
      test.setTimeout(120_000);

      test.describe("This computer", () => {
        test.use({ usesThisComputer: true });

        test("the desktop, its panels and its dialogs", async ({ desktop }) => {
          const { page } = desktop;
          const { keyboard } = page;
          await desktop.isConnected("This computer");
          await expect.poll(() => desktop.figure("memory.total")).not.toBeNull();
          await expect(desktop.card("Updates")).not.toHaveAttribute("data-state", "loading", { timeout: 30_000 });
          await isAccessible(desktop, "dashboard");

          await desktop.taskbar.getByRole("button", { name: "Start" }).click();
          await isAccessible(desktop, "start menu");
          await keyboard.type("s");
          await isAccessible(desktop, "search");
          await keyboard.type("no such thing");
          await isAccessible(desktop, "search without a result");
          await keyboard.press("Escape");

          await desktop.tray.click();
          await expect(desktop.dialog("Switch server")).toBeVisible();
          await isAccessible(desktop, "switcher");
          await desktop.dialog("Switch server").getByRole("button", { name: "Add server" }).click();
          await expect(desktop.dialog("Add server")).toBeVisible();
          await desktop.dialog("Add server").getByRole("button", { name: "Add and connect" }).click();
          await isAccessible(desktop, "add server, with mistakes");
          await keyboard.press("Escape");
          await expect(desktop.dialog("Add server")).toBeHidden();

          await desktop.taskbar.getByRole("button", { name: "Appearance" }).click();
          await expect(desktop.dialog("Appearance")).toBeVisible();
          await isAccessible(desktop, "appearance");
          await keyboard.press("Escape");

          await desktop.card("Memory").getByRole("button", { name: "Show the command" }).click();
          await expect(desktop.dialog("Show the command").getByRole("group", { name: "Raw output" })).toBeVisible();
          await isAccessible(desktop, "show the command");
          await desktop.dialog("Show the command").getByRole("tab", { name: "JSON" }).click();
          await isAccessible(desktop, "show the command, JSON");
          await keyboard.press("Escape");
          await expect(desktop.dialog("Show the command")).toBeHidden();

          await desktop.openApp("Servers");
          await expect(desktop.window("Servers – This computer")).toBeVisible();
          await page.getByRole("button", { name: "More for This computer" }).click();
          await expect(page.getByRole("menu")).toBeVisible();
          await isAccessible(desktop, "servers, with a menu");
          await keyboard.press("Escape");
          await expect(page.getByRole("menu")).toBeHidden();
          await keyboard.press("Control+Alt+K");
          await expect(desktop.dialog("Keyboard shortcuts")).toBeVisible();
          await isAccessible(desktop, "shortcuts");
        });
      });

      test("a connection that failed", async ({ desktop }) => {
        await desktop.addServer({ host: "nowhere.invalid", port: 22, user: "nobody", name: "nowhere" });
        await expect(desktop.window("Dashboard – nowhere").getByRole("alert")).toBeVisible();
        await isAccessible(desktop, "connection failed");
        await desktop.page.keyboard.press("Control+Alt+Space");
        await expect(desktop.page.getByRole("menu")).toBeVisible();
        await isAccessible(desktop, "window menu");
        await desktop.page.keyboard.press("Escape");
        await desktop.openApp("Servers");
        await expect(desktop.window("Servers – nowhere")).toContainText("The host name is unknown");
        await isAccessible(desktop, "servers, one failed");
      });

      test("the first page, and a page without its session", async ({ program, page, browser }) => {
        await page.goto(program.launchUrl);
        await page.locator("nav[aria-label=Taskbar]").waitFor();
        if (process.getuid?.() === 0) await expect(page.getByRole("dialog", { name: "HeadlessOS runs as root" })).toBeVisible();
        await isAccessible(new Desktop(page), "first page");
        const context = await browser.newContext({ viewport, colorScheme });
        const stranger = await context.newPage();
        await stranger.goto(program.url);
        await expect(stranger.getByRole("heading", { name: "This page has no session" })).toBeVisible();
        await isAccessible(new Desktop(stranger), "no session");
        await context.close();
      });

      test("the questions of a server, its cards, and its loss", async ({ desktop, richHost, sshd }) => {
        await desktop.addServer({ host: richHost.address, port: sshd.port, user: "plain", name: "web" });
        await expect(desktop.dialog("Confirm host key")).toBeVisible();
        await isAccessible(desktop, "host key");
        await desktop.trustKey();
        await desktop.enterPassword("wrong");
        await expect(desktop.dialog("Password")).toContainText("was not accepted");
        await isAccessible(desktop, "password, refused");
        await desktop.enterPassword("labpw");
        await desktop.isConnected("web");
        for (const title of ["Containers", "Updates", "Failed services"]) await expect(desktop.card(title)).not.toHaveAttribute("data-state", "loading", { timeout: 30_000 });
        await isAccessible(desktop, "dashboard with denied, failed and waiting");
        await desktop.card("Failed services").getByRole("button", { name: /\.service/ }).first().click();
        await expect(desktop.page.getByRole("dialog")).toContainText("Unit file");
        await isAccessible(desktop, "unit");
        await desktop.page.keyboard.press("Escape");
        await sshd.kill();
        await expect(desktop.card("Memory")).toHaveAttribute("data-state", "stale");
        await isAccessible(desktop, "stale");
      });

      test("cards without their tools", async ({ desktop }) => {
        const host = labHost("busybox");
        test.skip(host === null, whyNot("busybox"));
        if (host === null) return;
        await desktop.connect(host, "root");
        await expect(desktop.card("Containers")).toHaveAttribute("data-state", "unsupported");
        await isAccessible(desktop, "unsupported");
      });
    });
  }
}

test.describe("without the program", () => {
  test.use({ expectedErrors: [PROGRAM_ENDS] });

  test("the page that says so", async ({ desktop, program }) => {
    await program.stop();
    await expect(desktop.page.getByRole("alert").filter({ hasText: "HeadlessOS is not running" })).toBeVisible();
    await isAccessible(desktop, "not running");
  });
});
