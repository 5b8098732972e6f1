// One terminal on the page: joins an xterm to the program's session. No framework and no state per frame here; what a person should see is told by the handlers.
import type { Terminal } from "@xterm/xterm";
import { openBinarySocket } from "../../api/binarySocket";
import type { TerminalPreferences } from "../../api/types";
import { CursorBlink } from "./cursorBlink";
import { Finder, type SearchResult } from "./finder";
import { fittingGrid, type GridSize } from "./fit";
import type { Frame } from "./frames";
import { takeHeld } from "./held";
import { linksAt } from "./links";
import { isReport, pasteInput } from "./paste";
import { Prompts } from "./prompts";
import { TerminalRenderer } from "./renderer";
import { ScrollKeeper } from "./scrollKeeper";
import { TerminalSocket, type SocketPhase } from "./terminalSocket";
import { applyPreferences, createXterm, fontIsReady } from "./xtermSetup";

export interface PaneHandlers {
  /** It is in the page and can be used. */
  onOpen: (session: PaneSession) => void;
  onPhase: (phase: SocketPhase) => void;
  /** A program on the server wrote to the clipboard. */
  onClipboard: (text: string) => void;
  onBell: () => void;
  /** The address under the pointer, null for none. */
  onHover: (address: string | null) => void;
  onFollow: (address: string) => void;
  onFound: (result: SearchResult) => void;
  /** What was typed; not what the pointer and the focus report. */
  onTyped: (data: string) => void;
  /** The first repaint is in. */
  onReady: () => void;
}

const FIT_AFTER_MS = 60;
/** Takes xterm a few milliseconds. */
const PIECE_BYTES = 32 * 1024;
/** xterm refuses more once 50 MB wait; the rest of a frame that is longer goes in one piece. */
const PIECED_BYTES = 16 * 1024 * 1024;
const NOTHING = new Uint8Array(0);

/** The panes that are built, by terminal. */
export const panes = new Map<string, PaneSession>();

export class PaneSession {
  readonly term: Terminal;
  readonly finder: Finder;
  readonly prompts: Prompts;
  readonly #socket: TerminalSocket;
  readonly #scroll: ScrollKeeper;
  readonly #renderer: TerminalRenderer;
  readonly #observer: ResizeObserver;
  #blink: CursorBlink | null = null;
  #preferences: TerminalPreferences;
  #isDark: boolean;
  #isOpen = false;
  #isReady = false;
  #isDisposed = false;
  #fitTimer = 0;
  /** The size that this page gave the terminal; null while another page decides. */
  #told: GridSize | null = null;
  /** A size that could not be told, as there was no connection. */
  #isUntold = false;

  constructor(
    readonly terminal: string,
    private readonly host: HTMLElement,
    preferences: TerminalPreferences,
    isDark: boolean,
    private readonly handlers: PaneHandlers,
  ) {
    this.#preferences = preferences;
    this.#isDark = isDark;
    this.term = createXterm(preferences, isDark);
    this.finder = new Finder(this.term, handlers.onFound);
    this.prompts = new Prompts(this.term);
    this.#scroll = new ScrollKeeper(this.term, terminal);
    this.#renderer = new TerminalRenderer(this.term);
    this.#socket = new TerminalSocket(() => openBinarySocket(terminal), { onFrame: this.#onFrame, onPhase: handlers.onPhase });
    this.#observer = new ResizeObserver(() => this.fitSoon());
    this.#listen();
    panes.set(terminal, this);
    // The socket is on its way while the font is.
    this.#socket.connect();
    void this.#open();
  }

  /** Takes over what was chosen anew. */
  async prefer(preferences: TerminalPreferences, isDark: boolean): Promise<void> {
    if (preferences === this.#preferences && isDark === this.#isDark) return;
    this.#preferences = preferences;
    this.#isDark = isDark;
    await fontIsReady(preferences);
    if (this.#isDisposed || preferences !== this.#preferences) return;
    applyPreferences(this.term, preferences, isDark);
    if (!this.#isOpen) return;
    void this.#renderer.choose(preferences.renderer);
    this.fitSoon();
  }

  focus(): void {
    this.term.focus();
  }

  /** Types for the person, as a key row does; where several terminals listen, all of them hear it. */
  type(data: string): void {
    this.term.input(data, true);
  }

  /** Sends to this terminal alone. */
  send(data: string | Uint8Array): void {
    this.#socket.input(data);
  }

  /** Sends a cleaned text in the way the program in front wants it. */
  paste(text: string): void {
    this.send(pasteInput(text, this.term.modes.bracketedPasteMode));
    this.term.scrollToBottom();
  }

  /** Fills the pane and says so to the program, once things have come to rest. */
  fitSoon(): void {
    window.clearTimeout(this.#fitTimer);
    this.#fitTimer = window.setTimeout(() => this.#fit(), FIT_AFTER_MS);
  }

  dispose(): void {
    this.#isDisposed = true;
    if (panes.get(this.terminal) === this) panes.delete(this.terminal);
    window.clearTimeout(this.#fitTimer);
    this.#observer.disconnect();
    this.host.removeEventListener("pointerdown", this.#used);
    this.#socket.close();
    this.#scroll.dispose();
    this.#blink?.dispose();
    this.#renderer.dispose();
    this.term.dispose();
  }

  async #open(): Promise<void> {
    await fontIsReady(this.#preferences);
    if (this.#isDisposed) return;
    this.term.open(this.host);
    this.#isOpen = true;
    this.#blink = new CursorBlink(this.term, this.host);
    this.handlers.onOpen(this);
    void this.#renderer.choose(this.#preferences.renderer);
    this.#observer.observe(this.host);
    if (this.#isReady) this.#fit();
  }

  #listen(): void {
    const { term, handlers } = this;
    term.onData((typed) => {
      const data = takeHeld(typed);
      this.#socket.input(data);
      if (isReport(data)) return;
      this.#used();
      handlers.onTyped(data);
    });
    this.host.addEventListener("pointerdown", this.#used);
    term.onBinary((data) => this.#socket.input(Uint8Array.from(data, (character) => character.charCodeAt(0))));
    term.onBell(handlers.onBell);
    const link = {
      activate: (event: MouseEvent, address: string) => (event.ctrlKey || event.metaKey) && handlers.onFollow(address),
      hover: (_event: MouseEvent, address: string) => handlers.onHover(address),
      leave: () => handlers.onHover(null),
    };
    term.registerLinkProvider({ provideLinks: (line, give) => give(linksAt(term, line, link)) });
    term.options.linkHandler = { ...link, allowNonHttpProtocols: true, };
  }

  readonly #onFrame = (frame: Frame, done: () => void): void => {
    const { term } = this;
    switch (frame.kind) {
      case "output":
        this.#write(frame.bytes, () => {
          done();
          this.#scroll.follow();
        });
        return;
      case "repaint":
        // All in the order of the stream: what came before is still being worked through.
        term.write(NOTHING, () => {
          this.#scroll.remember();
          this.prompts.clear();
          this.#takeSize(frame);
        });
        this.#write(frame.bytes, () => {
          done();
          this.#scroll.restore(frame.firstLine);
          this.#ready();
          if (this.#isUntold) this.fitSoon();
        });
        return;
      case "screen":
        term.write(NOTHING, () => this.#takeSize(frame));
        this.#write(frame.bytes, done);
        return;
      case "event":
        this.handlers.onClipboard(frame.event.text);
        done();
    }
  };

  /** In pieces, between which xterm lets the page do something else. */
  #write(bytes: Uint8Array, done: () => void): void {
    let from = 0;
    for (; from < PIECED_BYTES && bytes.length - from > PIECE_BYTES; from += PIECE_BYTES) this.term.write(bytes.subarray(from, from + PIECE_BYTES));
    this.term.write(bytes.subarray(from), done);
  }

  #ready(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.handlers.onReady();
    if (this.#isOpen) this.#fit();
  }

  #takeSize({ columns, rows }: GridSize): void {
    if (this.#isDisposed) return;
    if (columns !== this.term.cols || rows !== this.term.rows) this.term.resize(columns, rows);
    // Another page decided, and this one follows until it is used again; two that are open side by side would else never come to rest.
    if (this.#told?.columns !== columns || this.#told.rows !== rows) this.#told = null;
  }

  readonly #used = (): void => {
    if (this.#told === null) this.fitSoon();
  };

  #fit(): void {
    if (!this.#isOpen || !this.#isReady || this.#isDisposed) return;
    const grid = fittingGrid(this.term);
    if (grid === null) return;
    const isShown = grid.columns === this.term.cols && grid.rows === this.term.rows;
    if (!isShown) this.term.resize(grid.columns, grid.rows);
    if (isShown && this.#told?.columns === grid.columns && this.#told.rows === grid.rows) return;
    this.#told = grid;
    this.#isUntold = !this.#socket.resize(grid.columns, grid.rows);
  }
}
