// What the SSH configuration may start on this computer is off until a person turns it on, and stays as it was left.
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport, colorScheme: "dark" });

    test("the commands of Match exec are allowed and forbidden", async ({ desktop }) => {
      const open = async () => {
        await desktop.openApp("Settings");
        const settings = desktop.window("Settings – This computer");
        await settings.getByRole("button", { name: "SSH", exact: true }).click();
        return settings;
      };
      const settings = await open();
      const allow = settings.getByRole("switch", { name: "Run the commands of Match exec" });
      await expect(allow).not.toBeChecked();
      await allow.click();
      await expect(allow).toBeChecked();
      await expect(settings).toContainText("Your SSH configuration starts programs on this computer");
      await isAccessibleInBoth(desktop, "allowed");
      await desktop.page.reload();
      await (await open()).getByRole("button", { name: "SSH", exact: true }).click();
      await expect(allow).toBeChecked();
      await allow.click();
      await expect(allow).not.toBeChecked();
      const kept = await desktop.page.evaluate(async () => (await (await fetch("/api/preferences")).json()) as { matchExec: boolean });
      expect(kept.matchExec).toBe(false);
    });
  });
}
