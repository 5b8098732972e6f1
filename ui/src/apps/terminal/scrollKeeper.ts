// Keeps the place a person has scrolled up to: by the line's number since the terminal began, which neither new output nor a repaint changes.
import type { IMarker, Terminal } from "@xterm/xterm";

/** By terminal; outlives the pane, which is built anew whenever its window was hidden. */
const places = new Map<string, number>();

export class ScrollKeeper {
  /** A line whose number is known; xterm moves it as lines fall off the top. */
  #marker: IMarker | null = null;
  #markerNumber = 0;

  constructor(
    private readonly term: Terminal,
    private readonly terminal: string,
  ) {}

  /** To be called just before a repaint takes everything away; the first repaint of a pane finds the place of the last one. */
  remember(): void {
    const top = this.#top();
    if (this.#marker === null || top === null) return;
    if (this.#isAtBottom()) places.delete(this.terminal);
    else places.set(this.terminal, top);
  }

  /** To be called when a repaint is in; `firstLine` is the number of the oldest line. */
  restore(firstLine: number): void {
    this.#mark(firstLine);
    const place = places.get(this.terminal);
    if (place === undefined) return;
    if (this.term.buffer.active.type === "normal") this.term.scrollToLine(Math.max(0, place - firstLine));
  }

  /** To be called after output; a marked line that nears the end of its time hands its number on. */
  follow(): void {
    const marker = this.#marker;
    if (marker === null || this.term.buffer.active.type !== "normal") return;
    if (marker.isDisposed || marker.line > this.term.buffer.normal.baseY / 2) return;
    this.#mark(this.#markerNumber - marker.line);
  }

  dispose(): void {
    this.remember();
    this.#marker?.dispose();
  }

  #mark(firstLine: number): void {
    this.#marker?.dispose();
    const marker = this.term.registerMarker(0);
    this.#marker = marker;
    this.#markerNumber = firstLine + marker.line;
  }

  /** The number of the line at the top of what is shown. */
  #top(): number | null {
    const marker = this.#marker;
    if (marker === null || marker.isDisposed) return null;
    return this.#markerNumber - marker.line + this.term.buffer.normal.viewportY;
  }

  #isAtBottom(): boolean {
    const { viewportY, baseY } = this.term.buffer.normal;
    return viewportY >= baseY;
  }
}

/** Forgets the place in a terminal that is gone. */
export function forgetPlace(terminal: string): void {
  places.delete(terminal);
}
