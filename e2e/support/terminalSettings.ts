// The terminal's settings, snippets and recordings as a person meets them, and what a terminal shows.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Desktop } from "./desktop.ts";

/** What the tests read of the terminal in a pane. */
interface Xterm {
  cols: number;
  rows: number;
  options: Record<string, unknown> & { theme?: Record<string, string> };
  buffer: { active: { length: number; baseY: number; getLine: (at: number) => { translateToString: (trims: boolean) => string } | undefined } };
  selectAll: () => void;
}

export class ShownTerminal {
  readonly page: Page;

  constructor(readonly desktop: Desktop) {
    this.page = desktop.page;
  }

  /** Opens the app, with its first terminal. */
  static async open(desktop: Desktop): Promise<ShownTerminal> {
    const app = new ShownTerminal(desktop);
    await desktop.openApp("Terminal");
    await app.isReady();
    return app;
  }

  /** The terminals that are shown. */
  get screens(): Locator {
    return this.page.locator("[data-terminal-id]").filter({ visible: true });
  }

  async isReady(count = 1): Promise<void> {
    await expect(this.page.locator("[data-terminal-id][data-ready]").filter({ visible: true })).toHaveCount(count);
    await this.focus();
  }

  async focus(): Promise<void> {
    await this.screens.last().locator("textarea").focus();
  }

  /** Types a line and presses Enter. */
  async type(line: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press("Enter");
  }

  /** All lines of the terminal that was opened last among those shown. */
  async text(): Promise<string> {
    return this.screens.last().evaluate((element) => {
      const { buffer } = (element as unknown as { xterm: Xterm }).xterm;
      return Array.from({ length: buffer.active.length }, (_none, at) => buffer.active.getLine(at)?.translateToString(true) ?? "").join("\n");
    });
  }

  /** Waits until a line says it, as the whole line. */
  async says(line: string | RegExp): Promise<void> {
    const pattern = typeof line === "string" ? new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`, "m") : line;
    await expect.poll(() => this.text()).toMatch(pattern);
  }

  /** The program in front of the shell of the terminal that was opened last; null while the shell itself is. */
  async program(): Promise<string | null> {
    const id = await this.screens.last().getAttribute("data-terminal-id");
    return this.page.evaluate(async (path) => ((await (await fetch(path)).json()) as { foreground: string | null }).foreground, `/api/terminals/${id}/process`);
  }

  async option(name: string): Promise<unknown> {
    return this.screens.last().evaluate((element, key) => (element as unknown as { xterm: Xterm }).xterm.options[key], name);
  }

  async theme(): Promise<Record<string, string>> {
    return (await this.option("theme")) as Record<string, string>;
  }

  /** How many lines are kept above the screen, on the page. */
  async linesAbove(): Promise<number> {
    return this.screens.last().evaluate((element) => (element as unknown as { xterm: Xterm }).xterm.buffer.active.baseY);
  }

  /** Height of one line in CSS pixels, as it is drawn. */
  async lineHeight(): Promise<number> {
    return this.screens.last().evaluate((element) => {
      const { rows } = (element as unknown as { xterm: Xterm }).xterm;
      return (element.querySelector<HTMLElement>(".xterm-screen")?.offsetHeight ?? 0) / rows;
    });
  }

  async more(item: string): Promise<void> {
    await this.page.getByRole("button", { name: "More", exact: true }).click();
    await this.page.getByRole("menuitem", { name: item, exact: item !== "Clear" }).click();
  }

  /** Presses a button beside the tabs, which on a phone is in the menu. */
  async do(name: string, isPhone: boolean): Promise<void> {
    if (isPhone) await this.more(name);
    else await this.page.getByRole("button", { name: name === "Search" ? "Search (Ctrl+Shift+F)" : name, exact: true }).click();
  }

  /** The terminal that has the focus, null where it is elsewhere. */
  async focusedTerminal(): Promise<string | null> {
    return this.page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-terminal-id]")?.dataset["terminalId"] ?? null);
  }

  async openSettings(): Promise<Locator> {
    await this.more("Settings");
    const dialog = this.desktop.dialog("Terminal settings");
    await expect(dialog).toBeVisible();
    return dialog;
  }

  /** Changes something in the settings, and leaves them. */
  async set(change: (settings: Locator) => Promise<void>): Promise<void> {
    const settings = await this.openSettings();
    await change(settings);
    await settings.getByRole("button", { name: "Done" }).click();
    await expect(settings).toBeHidden();
  }

  async choose(legend: string, choice: string): Promise<void> {
    await this.set((settings) => settings.getByRole("group", { name: legend }).getByRole("radio", { name: choice, exact: true }).check());
  }

  async turn(name: string, isOn: boolean): Promise<void> {
    await this.set((settings) => settings.getByRole("switch", { name }).setChecked(isOn));
  }

  async fill(name: string, value: string): Promise<void> {
    await this.set(async (settings) => {
      // By its label: what is a text field to the one is a spin button or a box with suggestions to the other.
      const field = settings.getByLabel(name, { exact: true });
      await field.fill(value);
      await field.press("Enter");
    });
  }
}

/** What the program keeps, read as the page reads it. */
export async function kept<Answer>({ page }: Desktop, path: string): Promise<Answer> {
  return page.evaluate(async (url) => (await (await fetch(url)).json()) as Answer, `/api/${path}`);
}
