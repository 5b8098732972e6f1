// Where the shell's prompts are, from the marks that a shell may print (OSC 133), to go from one to the next.
import type { IMarker, Terminal } from "@xterm/xterm";

const PROMPT_MARK = 133;
const MOST_PROMPTS = 5000;

export class Prompts {
  #markers: IMarker[] = [];

  constructor(private readonly term: Terminal) {
    term.parser.registerOscHandler(PROMPT_MARK, (data) => {
      if (data === "A" || data.startsWith("A;")) this.#add();
      return true;
    });
  }

  /** Scrolls to the nearest prompt above or below what is shown; false when there is none. */
  go(way: "previous" | "next"): boolean {
    const { viewportY, baseY } = this.term.buffer.active;
    const lines = this.#markers.filter((marker) => !marker.isDisposed).map((marker) => marker.line);
    const line = way === "previous" ? lines.findLast((each) => each < viewportY) : lines.find((each) => each > viewportY);
    if (line === undefined && way === "previous") return false;
    this.term.scrollToLine(Math.min(line ?? baseY, baseY));
    return true;
  }

  /** To be called before a repaint, which brings its own marks. */
  clear(): void {
    for (const marker of this.#markers) marker.dispose();
    this.#markers = [];
  }

  /** Xterm keeps a marker that is not disposed of as long as its line, and moves it with every line that scrolls. */
  #add(): void {
    const { baseY, cursorY } = this.term.buffer.active;
    const here = baseY + cursorY;
    // A program that goes back over its lines begins its prompts anew.
    const isPast = (marker: IMarker | undefined) => marker !== undefined && (marker.isDisposed || marker.line > here);
    while (isPast(this.#markers.at(-1))) this.#markers.pop()?.dispose();
    if (this.#markers.at(-1)?.line === here) return;
    this.#markers.push(this.term.registerMarker(0));
    while (this.#markers[0]?.isDisposed === true || this.#markers.length > MOST_PROMPTS) this.#markers.shift()?.dispose();
  }
}
