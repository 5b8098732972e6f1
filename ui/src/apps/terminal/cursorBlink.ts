// Blinks the cursor twice a second by a class on the pane. xterm's own way is a CSS animation, which makes the browser draw sixty frames a second, and what a key brings back waits for the next of them.
import type { IDisposable, Terminal } from "@xterm/xterm";

const BLINK_MS = 600;
const OFF = "cursor-off";

export class CursorBlink {
  #isOff = false;
  #isNews = false;
  readonly #timer: number;
  readonly #listener: IDisposable;

  /** Whether it blinks, xterm says by a class of its own; the styles take both together. */
  constructor(
    term: Terminal,
    private readonly host: HTMLElement,
  ) {
    // Whoever types sees the cursor; not on the key itself, which would draw a frame before the echo.
    this.#listener = term.onWriteParsed(() => {
      this.#isNews = true;
      this.#show(true);
    });
    this.#timer = window.setInterval(() => {
      const isSteady = this.#isNews || host.querySelector(".xterm-cursor-blink") === null;
      this.#isNews = false;
      this.#show(isSteady || this.#isOff);
    }, BLINK_MS);
  }

  dispose(): void {
    window.clearInterval(this.#timer);
    this.#listener.dispose();
    this.#show(true);
  }

  #show(isShown: boolean): void {
    if (this.#isOff === !isShown) return;
    this.#isOff = !isShown;
    this.host.classList.toggle(OFF, this.#isOff);
  }
}
