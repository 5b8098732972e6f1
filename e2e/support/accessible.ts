// What is shown against axe, with its default rules.
import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import type { Desktop } from "./desktop.ts";

/** The screens that everything must work on. */
export const SCREENS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** No violation in what is shown now, once what appears has appeared: half-faded text has half its contrast. Of all rules, or of these. */
export async function isAccessible({ page }: Desktop, state: string, rules?: string[]): Promise<void> {
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(finite.map((animation) => animation.finished));
  });
  // In the page alone, which has no frames, and with no word about what passes.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"], ...(rules === undefined ? {} : { runOnly: rules }) }).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
  expect.soft(found, state).toEqual([]);
}

/** The same in dark and in light, between which contrast alone differs; the page was dark, and is again. */
export async function isAccessibleInBoth(desktop: Desktop, state: string): Promise<void> {
  await isAccessible(desktop, `${state}, dark`);
  await desktop.page.emulateMedia({ colorScheme: "light" });
  await isAccessible(desktop, `${state}, light`, ["color-contrast"]);
  await desktop.page.emulateMedia({ colorScheme: "dark" });
}
