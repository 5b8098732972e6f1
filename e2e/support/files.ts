// The File Explorer, the Recycle Bin, the Text Editor and the Viewer as a person meets them, and a folder on a host to use them on.
import { randomBytes } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Desktop } from "./desktop.ts";
import { ask, type LabHost } from "./lab.ts";

/** A folder of a test's own in the home of a user of a host; what is asked of it is asked without the product. */
export class HostFolder {
  readonly name = `e2e-${randomBytes(5).toString("hex")}`;
  readonly path: string;

  constructor(readonly host: LabHost, readonly user: string) {
    this.path = `${this.home}/${this.name}`;
  }

  get home(): string {
    return this.user === "root" ? "/root" : `/home/${this.user}`;
  }

  /** Makes it, and runs a script in it. */
  async make(script = ":"): Promise<this> {
    await ask(this.host, "install", "-d", "-o", this.user, "-g", this.user, this.path);
    await this.sh(script);
    return this;
  }

  /** Runs a script in it as its user. */
  async sh(script: string): Promise<string> {
    return ask(this.host, "runuser", "-u", this.user, "--", "sh", "-ec", `cd ${this.path}; ${script}`);
  }

  /** The same as root, for what the user may not do. */
  async asRoot(script: string): Promise<string> {
    return ask(this.host, "sh", "-ec", `cd ${this.path}; ${script}`);
  }

  /** Everything below it, in order; what is hidden too. */
  async names(): Promise<string[]> {
    return (await this.asRoot("find . -mindepth 1 -printf '%P\\0'")).split("\0").slice(0, -1).toSorted();
  }

  /** What a file holds. */
  async read(name: string): Promise<string> {
    return ask(this.host, "cat", `${this.path}/${name}`);
  }

  async sha256(name: string): Promise<string> {
    return (await ask(this.host, "sha256sum", `${this.path}/${name}`)).split(" ")[0]?.replace("\\", "") ?? "";
  }

  /** Removes it, and what came from it into the bin. */
  async remove(): Promise<void> {
    const bin = `${this.home}/.local/share/Trash`;
    await ask(
      this.host, "sh", "-c",
      `rm -rf ${this.path}; cd ${bin}/info 2>/dev/null || exit 0; for info in *.trashinfo; do grep -qs '^Path=${this.path}' "$info" && rm -rf "../files/\${info%.trashinfo}" "$info"; done; :`,
    );
  }
}

export class FilesApp {
  readonly page: Page;
  readonly window: Locator;

  constructor(readonly desktop: Desktop, readonly serverName: string) {
    this.page = desktop.page;
    this.window = desktop.window(`File Explorer – ${serverName}`);
  }

  /** Opens the app from the start menu, and goes to a folder. */
  async open(path?: string): Promise<this> {
    await this.desktop.openApp("File Explorer");
    await expect(this.window).toBeVisible();
    await this.area.waitFor();
    if (path !== undefined) await this.goTo(path);
    return this;
  }

  /** Types a path into the path bar. */
  async goTo(path: string): Promise<void> {
    await this.typePath(path);
    await this.isIn(path);
  }

  async typePath(path: string): Promise<void> {
    await this.window.getByRole("button", { name: "Type a path" }).click();
    const field = this.window.getByRole("combobox", { name: "Path" });
    await field.fill(path);
    await field.press("Enter");
  }

  /** Waits until the pane in use shows this folder, and all of it. */
  async isIn(path: string): Promise<void> {
    const name = path === "/" ? "/" : path.slice(path.lastIndexOf("/") + 1);
    await expect(this.area).toHaveAccessibleName(`Items in ${name}`);
    await expect(this.area).toHaveAttribute("aria-busy", "false");
  }

  /** What takes the focus and the keys in the pane in use. */
  get area(): Locator {
    return this.window.locator("[data-active-pane] [data-files-area]");
  }

  /** The area of the pane at this place. */
  pane(at: number): Locator {
    return this.window.locator("[data-files-area]").nth(at);
  }

  /** The item of this name, as it is shown. */
  item(name: string, area = this.area): Locator {
    return area.locator("[data-at]").filter({ has: this.page.locator("bdi").getByText(name, { exact: true }) });
  }

  /** What is taken hold of to drag an item. */
  grip(name: string, area = this.area): Locator {
    return this.item(name, area).locator("bdi").first();
  }

  /** The names that are shown, in order. */
  async shown(area = this.area): Promise<string[]> {
    return area.locator("[data-at]").evaluateAll((rows) => rows.map((row) => row.querySelector("bdi")?.textContent ?? ""));
  }

  async shows(...names: string[]): Promise<void> {
    await expect.poll(() => this.shown()).toEqual(names);
  }

  /** Selects these and nothing else. */
  async select(first: string, ...others: string[]): Promise<void> {
    await this.grip(first).click();
    for (const name of others) await this.grip(name).click({ modifiers: ["Control"] });
    await expect(this.area.locator("[data-at][aria-selected=true]")).toHaveCount(1 + others.length);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Opens an item by the pointer. */
  async openItem(name: string): Promise<void> {
    await this.grip(name).dblclick();
  }

  /** Chooses from the menu of an item, or of the folder itself. */
  async menu(item: string | null, command: string): Promise<void> {
    await this.openMenu(item);
    await menuItem(this.page, command).click();
  }

  async openMenu(item: string | null): Promise<void> {
    if (item === null) {
      const box = await this.area.boundingBox();
      if (box === null) throw new Error("The area is not shown.");
      await this.area.click({ button: "right", position: { x: box.width - 30, y: box.height - 20 } });
    } else await this.grip(item).click({ button: "right" });
    await expect(this.page.getByRole("menu")).toBeVisible();
  }

  /** A button of the toolbars. */
  button(name: string | RegExp): Locator {
    return this.window.getByRole("button", { name });
  }

  /** Waits for a piece of news. */
  async says(text: string | RegExp): Promise<void> {
    await expect(this.news).toContainText(text);
  }

  get news(): Locator {
    return this.window.getByRole("status").filter({ has: this.page.getByRole("button", { name: "Dismiss" }) });
  }

  dialog(name: string | RegExp): Locator {
    return this.desktop.dialog(name);
  }

  /** Makes something by its dialog. */
  async create(what: "Folder" | "File" | "Link", name: string, target?: string): Promise<void> {
    await this.window.getByRole("button", { name: "New", exact: true }).click();
    await menuItem(this.page, what).click();
    const dialog = this.dialog(`New ${what.toLowerCase()}`);
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    if (target !== undefined) await dialog.getByRole("textbox", { name: "Leads to" }).fill(target);
    await dialog.getByRole("button", { name: `Create ${what.toLowerCase()}` }).click();
  }

  /** Gives the selected item another name by F2. */
  async rename(to: string): Promise<void> {
    await this.press("F2");
    const field = this.area.getByRole("textbox", { name: /^New name of/ });
    await expect(field).toBeFocused();
    await field.fill(to);
    await field.press("Enter");
  }

  get filter(): Locator {
    return this.window.getByRole("textbox", { name: "Filter, or search below with Enter" });
  }

  /** Brings files or a folder of this computer by the picker. */
  async upload(what: "Files" | "A folder", paths: string | string[]): Promise<void> {
    await this.window.getByRole("button", { name: "Upload", exact: true }).click();
    const picker = this.page.waitForEvent("filechooser");
    await menuItem(this.page, what).click();
    await (await picker).setFiles(paths);
  }
}

/** The editor, with the file that is shown. */
export class EditorApp {
  readonly window: Locator;
  readonly text: Locator;

  constructor(readonly desktop: Desktop, readonly serverName: string) {
    this.window = desktop.window(`Text Editor – ${serverName}`);
    this.text = this.window.getByRole("textbox", { name: "Text" });
  }

  /** Waits until the text is shown. */
  async shows(text: string | RegExp): Promise<void> {
    await expect(this.text).toContainText(text);
  }

  /** Opens a file by its path. */
  async openPath(path: string): Promise<void> {
    await this.window.getByRole("button", { name: /^Open a file/ }).click();
    const dialog = this.desktop.dialog("Open a file");
    await dialog.getByRole("textbox", { name: "Path of the file" }).fill(path);
    await dialog.getByRole("button", { name: "Open", exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  /** Types at the end of the text. */
  async append(text: string): Promise<void> {
    await this.text.click();
    await this.desktop.page.keyboard.press("Control+End");
    await this.desktop.page.keyboard.type(text);
    await expect(this.tab(/, not saved$/)).toBeVisible();
  }

  async save(): Promise<void> {
    await this.desktop.page.keyboard.press("Control+S");
  }

  async isSaved(name: string): Promise<void> {
    await expect(this.tab(name)).toBeVisible();
    await expect(this.window.getByRole("tab", { name: /, not saved$/ })).toHaveCount(0);
  }

  tab(name: string | RegExp): Locator {
    return this.window.getByRole("tab", { name });
  }

  button(name: string | RegExp): Locator {
    return this.window.getByRole("button", { name });
  }
}

/** The entry of a menu whose words are exactly these, whatever keys stand beside them. */
export function menuItem(page: Page, words: string): Locator {
  return page.getByRole("menuitem").filter({ has: page.getByText(words, { exact: true }) });
}
