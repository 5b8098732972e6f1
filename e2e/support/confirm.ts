// What takes a name before it is done: types the one that the dialog asks for.
import { expect, type Locator } from "@playwright/test";

/** Types the name; the button that does it cannot be pressed before. */
export async function typeName(dialog: Locator, button: Locator): Promise<void> {
  await expect(button).toBeDisabled();
  const field = dialog.getByRole("textbox", { name: /^Type .* to go on$/ });
  await field.fill((await dialog.locator("label bdi").textContent()) ?? "");
  await expect(button).toBeEnabled();
}
