// The activity journal: what was done stands in the app, is found, written out and checked; disconnecting gives a receipt.
import { readFile } from "node:fs/promises";
import { isAccessibleInBoth } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

test.setTimeout(180_000);

test("what was done is found by its words, written out, and its chain holds", async ({ desktop, richHost, page }) => {
  await desktop.connect(richHost, "plain");
  await desktop.openApp("Terminal");
  await expect(desktop.window(`Terminal – ${richHost.name}`)).toBeVisible();
  await desktop.openApp("Activity");
  const window = desktop.window(`Activity – ${richHost.name}`);
  const list = window.getByRole("region", { name: "Journal" });
  const terminal = list.getByRole("button", { name: /Terminal # login shell/ });
  await expect(terminal).toContainText("goes on");

  // Opened, an entry tells all that is known.
  await terminal.click();
  for (const fact of ["in the desktop", "terminal.open", "terminals.open"]) await expect(list).toContainText(fact);
  await expect(list).toContainText(/hash [0-9a-f]{64}/);
  await isAccessibleInBoth(desktop, "an entry opened");

  await window.getByRole("radio", { name: "Terminals" }).check({ force: true });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await window.getByRole("radio", { name: "Everything" }).check({ force: true });
  const search = window.getByRole("textbox", { name: "Search what was done" });
  await search.fill("SFTP files.session");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await search.fill("nothing-like-this");
  await expect(list).toContainText("Nothing fits");
  await window.getByRole("button", { name: "Show everything" }).click();
  await expect(search).toHaveValue("");

  const exported = async (name: RegExp) => {
    await window.getByRole("button", { name: "More about the journal" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name }).click()]);
    return readFile(await download.path(), "utf8");
  };
  const script = await exported(/shell script/);
  expect(script).toMatch(/^#!\/bin\/sh\n/);
  expect(script).toContain(`${richHost.name} ui terminals.open`);
  expect(script).toContain("\n# login shell\n");
  const lines = (await exported(/JSON Lines/)).trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect((JSON.parse(line) as { hash: string }).hash).toMatch(/^[0-9a-f]{64}$/);

  await window.getByRole("button", { name: "More about the journal" }).click();
  await page.getByRole("menuitem", { name: "Check the journal" }).click();
  const dialog = desktop.dialog("Check the journal");
  await dialog.getByRole("button", { name: "Check every line" }).click();
  await expect(dialog.getByRole("status", { name: "What the check found" })).toContainText(/\d+ lines hold/);
  const { hash } = JSON.parse(lines.at(-1) ?? "") as { hash: string };
  await dialog.getByRole("textbox", { name: /A hash you noted/ }).fill(hash);
  await dialog.getByRole("button", { name: "Check every line" }).click();
  await expect(dialog.getByRole("status", { name: "What the check found" })).toContainText(/\d+ lines hold/);
  await dialog.getByRole("textbox", { name: /A hash you noted/ }).fill("0".repeat(63) + "1");
  await dialog.getByRole("button", { name: "Check every line" }).click();
  await expect(dialog.getByRole("status", { name: "What the check found" })).toContainText("does not hold");
  await isAccessibleInBoth(desktop, "the check of the journal");
});

test("disconnecting gives a receipt of what was run, written and moved", async ({ desktop, richHost, page }) => {
  await desktop.connect(richHost, "plain");
  await desktop.openApp("Terminal");
  await expect(desktop.window(`Terminal – ${richHost.name}`)).toBeVisible();
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("button", { name: "Disconnect", exact: true }).click();
  const card = page.getByRole("status", { name: `Receipt of ${richHost.name}` });
  await expect(card).toContainText(/\d+ commands? that only read/);
  await expect(card).toContainText("1 terminal");
  await expect(card).toContainText("Nothing of HeadlessOS was left on the server.");
  await isAccessibleInBoth(desktop, "the receipt");
  await card.getByRole("button", { name: "Show the receipt" }).click();
  const whole = desktop.dialog(`What was done on ${richHost.name}`);
  await expect(whole.getByRole("region", { name: "Written, opened and changed" })).toContainText("# login shell");
  await isAccessibleInBoth(desktop, "the whole receipt");
  await whole.getByRole("button", { name: "Open Activity" }).click();
  await expect(card).toBeHidden();
  await expect(desktop.window(`Activity – ${richHost.name}`)).toContainText("# login shell");
});

test("how long the journal is kept is a setting", async ({ desktop, page }) => {
  await desktop.openApp("Settings");
  await desktop.window("Settings – This computer").getByRole("button", { name: "Activity", exact: true }).click();
  const days = page.getByRole("group", { name: "For" });
  await expect(days.getByRole("radio", { name: "90 days" })).toBeChecked();
  await days.getByRole("radio", { name: "A week" }).click({ force: true });
  await expect.poll(() => page.evaluate(async () => ((await (await fetch("/api/preferences")).json()) as { journalDays: number }).journalDays)).toBe(7);
});
