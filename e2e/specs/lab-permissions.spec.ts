// What a server may be used for: chosen as a mode in its form, shown before anything is tried, and at once true of what is open; and the marks of a production server.
import type { Locator } from "@playwright/test";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import { typeName } from "../support/confirm.ts";
import type { Desktop } from "../support/desktop.ts";
import { ask } from "../support/lab.ts";
import { expect, test } from "../support/test.ts";

test.setTimeout(240_000);

async function edit(desktop: Desktop, server: string): Promise<Locator> {
  const { page } = desktop;
  const manager = desktop.window(/^Servers/);
  await desktop.openApp("Servers");
  await manager.getByRole("button", { name: `More for ${server}` }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  return desktop.dialog("Edit server");
}

async function choose(desktop: Desktop, server: string, mode: string): Promise<void> {
  const form = await edit(desktop, server);
  await form.getByText(mode, { exact: true }).click();
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(form).toBeHidden();
}

test("a mode is chosen, what it leaves out is shown as such, and a terminal that is open is hung up", async ({ desktop, richHost, page }) => {
  await desktop.connect(richHost, "plain");
  await desktop.openApp("Terminal");
  const terminal = desktop.window(`Terminal – ${richHost.name}`);
  await expect(terminal.locator(".xterm-helper-textarea").first()).toBeFocused();
  await page.keyboard.type("exec sleep 86417\n");
  const sleeping = async () => (await ask(richHost, "sh", "-c", "pgrep -f '[s]leep 86417' || :")).trim();
  await expect.poll(sleeping, { timeout: 20_000 }).not.toBe("");

  const form = await edit(desktop, richHost.name);
  await expect(form.getByRole("radio", { name: "Administer" })).toBeChecked();
  await form.getByText("Custom", { exact: true }).click();
  await expect(form.getByRole("switch")).toHaveCount(16);
  await expect(form.getByRole("switch", { name: "Let an agent act" })).not.toBeChecked();
  await isAccessibleInBoth(desktop, "each permission");
  await form.getByText("Observe", { exact: true }).click();
  await expect(form).toContainText("Looks at everything and changes nothing.");
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(form).toBeHidden();

  await expect(terminal).toContainText(`${richHost.name} is set to Observe, which does not include “Open terminals and forward ports” (terminal.open).`);
  await expect.poll(sleeping, { timeout: 20_000 }).toBe("");
  await isAccessibleInBoth(desktop, "a terminal that is not granted");

  await desktop.openApp("File Explorer");
  const files = desktop.window(`File Explorer – ${richHost.name}`);
  await expect(files).toContainText("Read only.");
  for (const name of ["New", "Upload"]) await expect(files.getByRole("button", { name, exact: true })).toBeDisabled();
  await files.locator("[data-files-area]").first().click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "New folder" })).toBeDisabled();
  await expect(page.getByRole("menuitem", { name: "Open terminal here" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await isAccessibleInBoth(desktop, "files, read only");
  await desktop.openApp("Port forwarding");
  await expect(desktop.window(`Port forwarding – ${richHost.name}`)).toContainText("set to Observe");

  await choose(desktop, richHost.name, "Administer");
  await expect(terminal.locator(".xterm-helper-textarea").first()).toBeAttached();
  await expect(files.getByRole("button", { name: "New", exact: true })).toBeEnabled();
});

for (const [screen, size] of Object.entries(SCREENS)) {
  test(`a production server is marked on a ${screen}, and is not left by accident`, async ({ desktop, richHost, page }) => {
    await desktop.connect(richHost, "plain");
    const form = await edit(desktop, richHost.name);
    await form.getByText("Production server", { exact: true }).click();
    await form.getByRole("button", { name: "Save changes" }).click();
    await expect(form).toBeHidden();
    await page.setViewportSize(size);
    await expect(desktop.taskbar.getByText("Production server")).toBeAttached();
    await expect(page.locator("[data-production-frame]")).toHaveCSS("border-top-width", "3px");
    await desktop.openApp("Terminal");
    const terminal = desktop.window(`Terminal – ${richHost.name}`);
    await expect(terminal.locator(".xterm-helper-textarea").first()).toBeAttached();
    await expect(terminal.locator("header").getByText("Production server")).toBeAttached();
    await isAccessibleInBoth(desktop, `a production server, ${screen}`);
    if (screen === "phone") return;

    await desktop.openApp("Servers");
    await page.getByRole("button", { name: `More for ${richHost.name}` }).click();
    await page.getByRole("menuitem", { name: `Remove server ${richHost.name}` }).click();
    const removal = desktop.dialog(`Remove ${richHost.name}`);
    const field = removal.getByRole("textbox");
    await expect(field).toBeFocused();
    await page.keyboard.type("another");
    await page.keyboard.press("Enter");
    await expect(removal).toBeVisible();
    await field.fill("");
    await typeName(removal, removal.getByRole("button", { name: `Remove server ${richHost.name}` }));
    await expect(removal.getByRole("status")).toContainText("That is it.");
    await isAccessibleInBoth(desktop, "a name that is typed");
    await field.press("Enter");
    await expect(removal).toBeHidden();
    await expect(page.locator("[data-production-frame]")).toHaveCount(0);
  });
}
