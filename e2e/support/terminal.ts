// The Terminal app as a person meets it, and what its terminals hold: text, size and modes, read from the buffer in the page.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Desktop } from "./desktop.ts";
import { ask, type LabHost } from "./lab.ts";

/** What the program says of a terminal. */
export interface TerminalInfo {
  id: string;
  server: string;
  number: number;
  title: string | null;
  folder: string | null;
  state: { status: "starting" | "running" | "ended" | "lost" };
  columns: number;
  rows: number;
}
export interface Size {
  columns: number;
  rows: number;
}
export interface Modes {
  /** Whether the alternate screen is shown. */
  isAlternate: boolean;
  mouse: string;
  bracketedPaste: boolean;
  applicationCursor: boolean;
}

/** The part of xterm that is read here. */
interface Xterm {
  cols: number;
  rows: number;
  buffer: { active: Screen & { type: string } };
  modes: { mouseTrackingMode: string; bracketedPasteMode: boolean; applicationCursorKeysMode: boolean };
}
interface Screen {
  length: number;
  baseY: number;
  cursorX: number;
  cursorY: number;
  getLine: (y: number) => { isWrapped: boolean; translateToString: (trims: false) => string } | undefined;
}

const OFTEN = { intervals: [50, 100, 200] };
/** How many commands were run; each ends with a mark of its own. */
let marks = 0;

export class TerminalApp {
  readonly page: Page;
  readonly window: Locator;

  constructor(readonly desktop: Desktop, readonly serverName: string) {
    this.page = desktop.page;
    this.window = desktop.window(`Terminal – ${serverName}`);
  }

  /** Opens the app from the start menu; its first terminal comes by itself. */
  async open(): Promise<Pane> {
    await this.openWindow();
    return this.pane();
  }

  async openWindow(): Promise<void> {
    await this.desktop.openApp("Terminal");
    await expect(this.window).toBeVisible();
  }

  /** The terminal shown in this place, ready for use. */
  async pane(place = 0): Promise<Pane> {
    const host = this.window.locator("[data-terminal-id][data-ready]").filter({ visible: true }).nth(place);
    await host.waitFor();
    return new Pane(this, (await host.getAttribute("data-terminal-id")) ?? "");
  }

  /** Opens another tab, in the folder of the one that is shown. */
  async newTab(): Promise<Pane> {
    const before = new Set((await this.terminals()).map(({ id }) => id));
    await this.window.getByRole("button", { name: "New tab (Ctrl+Shift+T)" }).click();
    await expect.poll(async () => before.has((await this.pane()).id)).toBe(false);
    return this.pane();
  }

  async maximise(): Promise<void> {
    await this.window.getByRole("button", { name: "Maximise" }).click();
  }

  async restore(): Promise<void> {
    await this.window.getByRole("button", { name: "Restore" }).click();
  }

  tab(name: string | RegExp): Locator {
    return this.window.getByRole("tab", { name });
  }

  dialog(name: string | RegExp): Locator {
    return this.desktop.dialog(name);
  }

  /** The terminals that the program has. */
  async terminals(): Promise<TerminalInfo[]> {
    const { terminals } = JSON.parse(await this.fetch("/api/terminals")) as { terminals: TerminalInfo[] };
    return terminals;
  }

  /** An answer of the program, asked for by the page. */
  async fetch(path: string): Promise<string> {
    return this.page.evaluate(async (path) => (await fetch(path)).text(), path);
  }
}

export class Pane {
  readonly page: Page;
  readonly host: Locator;
  /** The group that holds the terminal and what is said about it. */
  readonly group: Locator;

  constructor(readonly app: TerminalApp, readonly id: string) {
    this.page = app.page;
    this.host = this.page.locator(`[data-terminal-id="${id}"]`);
    this.group = this.page.locator(`[data-pane="${id}"]`);
  }

  /** Waits until it is painted, as after a reload. */
  async isReady(): Promise<void> {
    await this.page.locator(`[data-terminal-id="${this.id}"][data-ready]`).waitFor();
  }

  async focus(): Promise<void> {
    await this.host.click({ position: { x: 5, y: 5 } });
  }

  /** Types as a person does, each character by its key. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types a line and Enter. */
  async enter(line: string): Promise<void> {
    await this.type(line);
    await this.press("Enter");
  }

  /** Runs a command in a POSIX shell and gives the lines it printed, once it has ended. */
  async run(command: string, timeoutMs = 15_000): Promise<string[]> {
    const mark = `<${(marks += 1)}>`;
    // The quotes keep what is typed from looking like what is printed.
    await this.enter(`${command}; echo "${mark[0]}""${mark.slice(1)}"`);
    await expect.poll(async () => (await this.lines()).includes(mark), { timeout: timeoutMs, message: command, ...OFTEN }).toBe(true);
    const lines = await this.lines();
    const end = lines.lastIndexOf(mark);
    const start = lines.findLastIndex((line, at) => at < end && line.includes(`echo "${mark[0]}""`));
    return lines.slice(start + 1, end);
  }

  /** Scrollback and screen, each wrapped line as one; without blanks at the ends, and without the empty lines below the text. */
  async lines(): Promise<string[]> {
    return this.#read((term) => {
      const { active } = term.buffer;
      const lines: string[] = [];
      for (let y = 0; y < active.length; y += 1) {
        const line = active.getLine(y);
        const text = line?.translateToString(false) ?? "";
        if (line?.isWrapped === true && lines.length > 0) lines.push(`${lines.pop() ?? ""}${text}`);
        else lines.push(text);
      }
      const trimmed = lines.map((line) => line.trimEnd());
      return trimmed.slice(0, trimmed.findLastIndex((line) => line !== "") + 1);
    });
  }

  async text(): Promise<string> {
    return (await this.lines()).join("\n");
  }

  /** The rows of the screen as they lie, without blanks at the ends. */
  async screen(): Promise<string[]> {
    return this.#read((term) => {
      const { active } = term.buffer;
      return Array.from({ length: term.rows }, (_, row) => (active.getLine(active.baseY + row)?.translateToString(false) ?? "").trimEnd());
    });
  }

  /** Waits until the screen holds it. */
  async shows(text: string | RegExp, timeoutMs = 15_000): Promise<void> {
    const screen = expect.poll(async () => (await this.screen()).join("\n"), { timeout: timeoutMs, ...OFTEN });
    await (typeof text === "string" ? screen.toContain(text) : screen.toMatch(text));
  }

  async size(): Promise<Size> {
    return this.#read((term) => ({ columns: term.cols, rows: term.rows }));
  }

  async modes(): Promise<Modes> {
    return this.#read(({ buffer, modes }) => ({
      isAlternate: buffer.active.type === "alternate",
      mouse: modes.mouseTrackingMode,
      bracketedPaste: modes.bracketedPasteMode,
      applicationCursor: modes.applicationCursorKeysMode,
    }));
  }

  async cursor(): Promise<{ x: number; y: number }> {
    return this.#read(({ buffer }) => ({ x: buffer.active.cursorX, y: buffer.active.cursorY }));
  }

  /** Waits until it fills its pane in a size that is meant, and the server has that size too. `device` is the terminal's there. */
  async hasSize(host: LabHost, device: string, isMeant: (size: Size) => boolean): Promise<Size> {
    await expect
      .poll(async () => {
        const size = await this.size();
        if (!isMeant(size) || !(await this.#fillsPane(size))) return size;
        const there = await ask(host, "sh", "-c", `stty size <${device}`);
        return there.trim() === `${size.rows} ${size.columns}` || { size, there };
      }, OFTEN)
      .toBe(true);
    return this.size();
  }

  /** Whether there is no room for another column or row, beside the bar that scrolls. */
  async #fillsPane({ columns, rows }: Size): Promise<boolean> {
    const [width, height, roomX, roomY] = await this.host.evaluate((host) => {
      const screen = host.querySelector<HTMLElement>(".xterm-screen");
      return [screen?.offsetWidth ?? 0, screen?.offsetHeight ?? 0, host.clientWidth - 14, host.clientHeight] as const;
    });
    // Whole pixels are less exact than cells.
    const fits = (size: number, room: number, count: number) => size <= room + 1 && room < (size / count) * (count + 1) + 1;
    return fits(width, roomX, columns) && fits(height, roomY, rows);
  }

  /** Where on the page a text of the screen begins; a cell further right for each of `cells`. */
  async placeOf(text: string, cells = 1): Promise<{ x: number; y: number }> {
    const rows = await this.screen();
    const row = rows.findLastIndex((each) => each.includes(text));
    const column = (rows[row] ?? "").indexOf(text);
    const { columns, rows: height } = await this.size();
    const box = await this.host.locator(".xterm-screen").boundingBox();
    if (row < 0 || box === null) throw new Error(`The screen does not show ${text}.`);
    return { x: box.x + ((column + cells + 0.5) * box.width) / columns, y: box.y + ((row + 0.5) * box.height) / height };
  }

  /** What the program says of it. */
  async info(): Promise<TerminalInfo> {
    const info = (await this.app.terminals()).find(({ id }) => id === this.id);
    if (info === undefined) throw new Error("There is no such terminal any more.");
    return info;
  }

  /** Scrollback and screen as the program has them. */
  async programText(): Promise<string> {
    return this.app.fetch(`/api/terminals/${this.id}/text`);
  }

  async #read<T>(what: (term: Xterm) => T): Promise<T> {
    const term = await this.host.evaluateHandle((element) => {
      const { xterm } = element as unknown as { xterm?: Xterm };
      if (xterm === undefined) throw new Error("There is no terminal here.");
      return xterm;
    });
    const read = (await term.evaluate(what as (term: unknown) => unknown)) as T;
    await term.dispose();
    return read;
  }
}
