// The program says what it is and what it is made of, and the list can be searched.
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport, colorScheme: "dark" });

    test("the version and the licences are shown", async ({ desktop }) => {
      const lists: string[] = [];
      desktop.page.on("request", (request) => {
        if (request.url().includes("licences")) lists.push(request.url());
      });
      await desktop.openApp("Settings");
      const settings = desktop.window("Settings – This computer");
      await settings.getByRole("button", { name: "SSH", exact: true }).click();
      expect(lists).toEqual([]);
      await settings.getByRole("button", { name: "About", exact: true }).click();
      const { version } = await desktop.page.evaluate(async () => (await (await fetch("/api/status")).json()) as { version: string });
      await expect(settings.getByRole("definition").filter({ hasText: version })).toBeVisible();
      const licences = settings.getByRole("table", { name: "Licences" });
      await expect(licences.getByRole("rowheader", { name: "russh", exact: true })).toBeAttached();
      expect(lists).toHaveLength(1);
      await settings.getByRole("searchbox", { name: "Search licences" }).fill("REACT mit npm");
      await expect(licences.getByRole("row", { name: /^react [\d.]+ (npm )?MIT$/u })).toBeVisible();
      await expect(licences.getByRole("rowheader", { name: "russh", exact: true })).toHaveCount(0);
      await isAccessibleInBoth(desktop, "licences");
      await settings.getByRole("searchbox", { name: "Search licences" }).fill("no such part");
      await expect(settings).toContainText("No part has these words.");
    });
  });
}
