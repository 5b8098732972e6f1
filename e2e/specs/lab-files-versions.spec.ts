// What a file held before it was saved is kept on this computer where that is wanted, looked at, taken back and forgotten.
import { isAccessibleInBoth } from "../support/accessible.ts";
import { EditorApp, menuItem } from "../support/files.ts";
import { expect, test } from "../support/filesTest.ts";

test("earlier versions are kept where that is wanted, taken back, and forgotten", async ({ folder, desktop, openFiles, richHost, page }) => {
  await folder.sh("printf 'one\\ntwo\\n' >a.conf");
  const files = await openFiles();
  await files.openItem("a.conf");
  const editor = new EditorApp(desktop, richHost.name);
  await editor.shows("one");

  // Nothing is kept unless it is wanted.
  await editor.append("three");
  await editor.save();
  await editor.isSaved("a.conf");
  await page.keyboard.press("Alt+H");
  await expect(editor.window).toContainText("No earlier version is kept");
  await isAccessibleInBoth(desktop, "no earlier version");
  await editor.button("Keep earlier versions").click();
  await expect(editor.window).toContainText("each time it is saved");
  await editor.button("Back to the text").click();

  await editor.append("four");
  await editor.save();
  await editor.isSaved("a.conf");
  await editor.append("five");
  await editor.save();
  await editor.isSaved("a.conf");
  expect(await folder.read("a.conf")).toBe("one\ntwo\nthreefourfive");
  expect(await folder.names()).toEqual(["a.conf"]);

  await editor.button("More").click();
  await menuItem(page, "Earlier versions").click();
  await expect(editor.window).toContainText("Earlier versions");
  await expect(editor.window).toContainText("threefour");
  await editor.button(/ 17 B$/).click();
  await expect(page.getByRole("menuitemradio")).toHaveCount(2);
  await page.getByRole("menuitemradio", { name: / 13 B$/ }).click();
  await expect(editor.window.getByRole("textbox", { name: / 13 B$/ })).toContainText("three");
  await isAccessibleInBoth(desktop, "an earlier version");
  await editor.button("Take it back").click();
  await expect(editor.text).toContainText("three");
  await expect(editor.text).not.toContainText("four");
  await editor.save();
  await editor.isSaved("a.conf");
  expect(await folder.read("a.conf")).toBe("one\ntwo\nthree");
  // It can be undone like any other change.
  await editor.text.click();
  await page.keyboard.press("Control+Z");
  await expect(editor.text).toContainText("fourfive");
  await page.keyboard.press("Control+Y");

  await page.keyboard.press("Alt+H");
  await editor.button("Forget").click();
  await menuItem(page, "Versions of this file").click();
  await expect(editor.window).toContainText("Forget the 3 earlier versions of this file?");
  await editor.button("Forget").click();
  await expect(editor.window).toContainText("No earlier version is kept");
});
