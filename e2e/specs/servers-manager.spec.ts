// The server manager without a server: putting in order, finding, choosing, copying, removing, importing and exporting; each state against axe in dark and light.
import { readFileSync } from "node:fs";
import { typeName } from "../support/confirm.ts";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { Desktop } from "../support/desktop.ts";
import { expect, test } from "../support/test.ts";

const CSV = `name,host,port,user,folder,tags,notes
web1,web1.invalid,22,root,shop/front,web;eu,behind the balancer
web2,web2.invalid,2222,root,shop/front,web,
db1,db1.invalid,22,postgres,shop,db;eu,
,,22,nobody,,,
`;

const manager = (desktop: Desktop) => desktop.window("Servers – This computer");
const list = (desktop: Desktop) => manager(desktop).getByRole("treegrid", { name: "Servers" });
const row = (desktop: Desktop, name: string | RegExp) => list(desktop).getByRole("row", { name });

async function openManager(desktop: Desktop): Promise<void> {
  await desktop.openApp("Servers");
  await expect(list(desktop)).toBeVisible();
}

async function importCsv(desktop: Desktop, text = CSV): Promise<void> {
  await manager(desktop).getByRole("button", { name: "More about servers" }).click();
  await desktop.page.getByRole("menuitem", { name: "Import servers" }).click();
  const dialog = desktop.dialog("Import servers");
  await dialog.getByRole("combobox", { name: "What it is" }).selectOption("CSV");
  await dialog.getByRole("textbox", { name: "Or paste the text" }).fill(text);
  await dialog.getByRole("button", { name: "Show what is in it" }).click();
  await dialog.getByRole("button", { name: /^Add \d+ servers$/ }).click();
  await expect(dialog.getByRole("status")).toContainText("added");
  await dialog.getByRole("button", { name: "Show the list" }).click();
  await expect(dialog).toBeHidden();
}

test("a list is read, its mistakes are named, and what is chosen is added in its folders", async ({ desktop }) => {
  await openManager(desktop);
  await isAccessibleInBoth(desktop, "only this computer");
  await manager(desktop).getByRole("button", { name: "Import servers" }).click();
  const dialog = desktop.dialog("Import servers");
  await isAccessibleInBoth(desktop, "import, choose");
  await dialog.getByLabel("File to import").setInputFiles({ name: "servers.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
  await expect(dialog.getByRole("region", { name: "Servers found" })).toContainText("web1");
  await isAccessibleInBoth(desktop, "import, preview");
  await dialog.getByRole("checkbox", { name: /^Add web2/ }).uncheck();
  await dialog.getByRole("button", { name: "Add 2 servers" }).click();
  await expect(dialog.getByRole("status")).toHaveText("2 servers added");
  await dialog.getByRole("button", { name: "Show the list" }).click();
  await expect(row(desktop, "Folder shop, 2 servers")).toBeVisible();
  await expect(row(desktop, "Folder front, 1 server")).toBeVisible();
  await expect(row(desktop, /^web1/)).toContainText("root@web1.invalid");
  await expect(row(desktop, /^web2/)).toHaveCount(0);
  await isAccessibleInBoth(desktop, "list with folders");
});

test("words, tags and folders put the list in order, and keys do all of it", async ({ desktop }) => {
  const { keyboard } = desktop.page;
  await openManager(desktop);
  await importCsv(desktop);
  await list(desktop).focus();
  await keyboard.press("/");
  await expect(manager(desktop).getByRole("textbox", { name: "Search servers" })).toBeFocused();
  await keyboard.type("balancer");
  await expect(row(desktop, /^web1/)).toBeVisible();
  await expect(row(desktop, /^db1/)).toHaveCount(0);
  await keyboard.press("Escape");
  await expect(row(desktop, /^db1/)).toBeVisible();

  const tag = manager(desktop).getByRole("button", { name: /^web \d/ });
  await tag.click();
  await expect(tag).toHaveAttribute("aria-pressed", "true");
  await expect(row(desktop, /^db1/)).toHaveCount(0);
  await expect(manager(desktop).getByRole("status")).toContainText("2 of 4 servers");
  await tag.click();

  const folder = row(desktop, /^Folder front/);
  await folder.click();
  await expect(folder).toHaveAttribute("aria-expanded", "false");
  await expect(row(desktop, /^web1/)).toHaveCount(0);
  await list(desktop).focus();
  await keyboard.press("ArrowRight");
  await expect(folder).toHaveAttribute("aria-expanded", "true");

  await manager(desktop).getByRole("textbox", { name: "Search servers" }).fill("no such thing");
  await expect(manager(desktop)).toContainText("No server fits");
  await isAccessibleInBoth(desktop, "no server fits");
  await manager(desktop).getByRole("button", { name: "Show all servers" }).click();
  await expect(row(desktop, /^web1/)).toBeVisible();
});

test("several are chosen and removed at once, one is copied and changed", async ({ desktop }) => {
  const { page } = desktop;
  await openManager(desktop);
  await importCsv(desktop);
  await row(desktop, /^web1/).click();
  await row(desktop, /^web2/).click({ modifiers: ["Shift"] });
  await expect(manager(desktop).getByRole("status")).toContainText("2 of 4 servers selected");
  await page.keyboard.press("Delete");
  const removal = desktop.dialog("Remove 2 servers");
  await expect(removal).toContainText("web2");
  await isAccessibleInBoth(desktop, "remove two servers");
  const remove = removal.getByRole("button", { name: "Remove 2 servers" });
  await typeName(removal, remove);
  await remove.click();
  await expect(row(desktop, /^web/)).toHaveCount(0);

  await manager(desktop).getByRole("button", { name: "More for db1" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  const form = desktop.dialog("Edit server");
  await expect(form.getByRole("textbox", { name: "Name" })).toHaveValue("db1 copy");
  await expect(form.getByRole("combobox", { name: "Folder" })).toHaveValue("shop");
  await form.getByRole("textbox", { name: "Name" }).fill("db2");
  await form.getByRole("button", { name: "Way there and secrets" }).click();
  await form.getByRole("textbox", { name: "Jump hosts" }).fill("ops@bastion.invalid:2200");
  await form.getByRole("switch", { name: "Keep secrets in the keychain" }).check();
  await isAccessibleInBoth(desktop, "edit server, unfolded");
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(row(desktop, /^db2/)).toContainText("via ops@bastion.invalid:2200");
});

test.describe("quick connect", () => {
  test("connects without saving, and saves on request", async ({ desktop }) => {
    const { page } = desktop;
    await openManager(desktop);
    const field = manager(desktop).getByRole("textbox", { name: "Quick connect" });
    await field.fill("not an address");
    await field.press("Enter");
    await expect(manager(desktop).getByRole("alert")).toHaveText("Type it as user@host or user@host:port.");
    await isAccessibleInBoth(desktop, "quick connect, mistake");
    await field.fill("deploy@nowhere.invalid:2222");
    await field.press("Enter");
    await expect(desktop.tray).toHaveAccessibleName(/^Server deploy@nowhere\.invalid/);
    await page.keyboard.press("Control+Alt+1");
    await expect(row(desktop, /^deploy@nowhere/)).toContainText("Not saved");
    await manager(desktop).getByRole("button", { name: /^More for deploy@nowhere/ }).click();
    await page.getByRole("menuitem", { name: "Save this server" }).click();
    await expect(row(desktop, /^deploy@nowhere/)).not.toContainText("Not saved");
  });
});

test("the list is given away without secrets", async ({ desktop }) => {
  await openManager(desktop);
  await importCsv(desktop);
  await manager(desktop).getByRole("button", { name: "More about servers" }).click();
  const [download] = await Promise.all([desktop.page.waitForEvent("download"), desktop.page.getByRole("menuitem", { name: "Table (CSV)" }).click()]);
  const text = readFileSync(await download.path(), "utf8");
  expect(text).toContain("web2.invalid");
  expect(text.toLowerCase()).not.toContain("password");
});

test("a connection is tested step by step, before it is saved too", async ({ desktop }) => {
  await desktop.tray.click();
  await desktop.dialog("Switch server").getByRole("button", { name: "Add server" }).click();
  const form = desktop.dialog("Add server");
  await form.getByRole("textbox", { name: "Host", exact: true }).fill("nowhere.invalid");
  await form.getByRole("button", { name: "Test connection" }).click();
  const test = desktop.dialog(/^Test the connection to/);
  await expect(test.getByRole("status")).toContainText("It fails at:");
  await expect(test.getByRole("listitem").first()).toHaveAttribute("data-status", "failed");
  await isAccessibleInBoth(desktop, "connection test, failed");
  await test.getByRole("button", { name: "Back to the form" }).click();
  await expect(form.getByRole("textbox", { name: "Host", exact: true })).toHaveValue("nowhere.invalid");
  await form.getByRole("button", { name: "Cancel" }).click();
  await openManager(desktop);
  await expect(row(desktop, /^nowhere/)).toHaveCount(0);
});

test("five hundred servers are quick, and only those in sight are built", async ({ desktop }) => {
  const lines = Array.from({ length: 500 }, (_, at) => `node-${String(at).padStart(3, "0")},node-${at}.invalid,22,root,site-${at % 10},t${at % 5},`);
  await openManager(desktop);
  await importCsv(desktop, `name,host,port,user,folder,tags,notes\n${lines.join("\n")}\n`);
  await expect(manager(desktop).getByRole("status")).toContainText("501 servers");
  expect(await list(desktop).getByRole("row").count()).toBeLessThan(80);
  await list(desktop).focus();
  await desktop.page.keyboard.press("End");
  await expect(row(desktop, /^node-499/)).toBeVisible();
  await manager(desktop).getByRole("textbox", { name: "Search servers" }).fill("node-123");
  await expect(row(desktop, /^node-/)).toHaveCount(1);
});

test.describe("keys", () => {
  test("a key is made and shown", async ({ desktop }) => {
    await openManager(desktop);
    await manager(desktop).getByRole("button", { name: "More about servers" }).click();
    await desktop.page.getByRole("menuitem", { name: "SSH keys" }).click();
    const dialog = desktop.dialog("SSH keys");
    await expect(dialog).toContainText("There is no key yet");
    await isAccessibleInBoth(desktop, "no keys");
    await dialog.getByRole("button", { name: "New key" }).click();
    const form = desktop.dialog("New key");
    await form.getByRole("textbox", { name: "Comment" }).fill("made in a test");
    await form.getByLabel("Passphrase", { exact: true }).fill("one");
    await form.getByLabel("Passphrase again").fill("two");
    await form.getByRole("button", { name: "Make the key" }).click();
    await expect(form).toContainText("The two are not the same.");
    await isAccessibleInBoth(desktop, "new key, mistake");
    await form.getByLabel("Passphrase again").fill("one");
    await form.getByRole("button", { name: "Make the key" }).click();
    await expect(dialog.getByRole("list", { name: "Keys" })).toContainText("made in a test");
    await expect(dialog.getByRole("list", { name: "Keys" })).toContainText("Protected by a passphrase");
    await isAccessibleInBoth(desktop, "keys");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: SCREENS.phone });
  test("the list fits, and a tap opens a server", async ({ desktop }) => {
    await openManager(desktop);
    await importCsv(desktop);
    expect(await desktop.page.evaluate(() => document.documentElement.scrollWidth)).toBe(SCREENS.phone.width);
    await isAccessibleInBoth(desktop, "list on a phone");
    await row(desktop, /^db1/).click();
    await expect(desktop.tray).toHaveAccessibleName(/^Server db1,/);
  });
});
