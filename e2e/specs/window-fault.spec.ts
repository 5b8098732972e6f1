// An app that fails takes nothing along: its window says so and can be opened again, and the desktop goes on.
import { expect, test } from "../support/test.ts";

// React tells the console what failed.
test.use({ usesThisComputer: true, expectedErrors: [/TypeError/] });

test("an app that fails leaves the desktop and can be opened again", async ({ desktop, page }) => {
  let isBroken = true;
  // No program of ours answers so; a mistake in the page would do the same.
  await page.route(/\/api\/activity\?/, async (route) => (isBroken ? route.fulfill({ json: { entries: [{ deed: "\u202e<b>" }] } }) : route.continue()));
  await desktop.openApp("Activity");
  const window = desktop.window("Activity – This computer");
  const alert = window.getByRole("alert");
  await expect(alert).toContainText("Activity has failed in this window");
  await expect(alert.getByRole("group", { name: "What failed" })).toContainText("TypeError");
  await expect(desktop.window("Dashboard – This computer")).toBeVisible();
  await desktop.openApp("Settings");
  await expect(desktop.window("Settings – This computer")).toBeVisible();

  isBroken = false;
  await desktop.taskbar.getByRole("button", { name: /Activity/ }).click();
  await alert.getByRole("button", { name: "Open it again" }).click();
  await expect(alert).toBeHidden();
  await expect(window.getByRole("listitem").first()).toBeVisible();
});
