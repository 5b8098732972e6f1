// Plays a recording into a screen: it keeps the time, gives the screen what is due, and waits for a screen that is slow; it knows neither xterm nor the page.
import type { Cast } from "./asciicast";
import { countAt, movedTo, timesOf } from "./timeline";

/** What a recording is played on. */
export interface CastScreen {
  /** Calls back when the text has been taken in. */
  write: (text: string, done: () => void) => void;
  resize: (columns: number, rows: number) => void;
}

export interface PlaybackState {
  positionMs: number;
  durationMs: number;
  isPlaying: boolean;
}

/** Ends whatever sequence is open, and resets the screen. */
const RESET = "\u0018\u001b[?1049l\u001b[2J\u001b[3J\u001bc";
const MOST_CHARS_AT_ONCE = 256 * 1024;
/** A page that slept did not play meanwhile. */
const LONGEST_STEP_MS = 250;

export class Playback {
  readonly #events: Cast["events"];
  #times: Float64Array;
  #shown = 0;
  #positionMs = 0;
  #isPlaying = false;
  #speed = 1;
  /** How many events the screen is to show. */
  #wanted = 0;
  #needsReset = false;
  #isFeeding = false;
  #isStopped = false;

  constructor(
    readonly cast: Cast,
    readonly screen: CastScreen,
    readonly onChange: (state: PlaybackState) => void,
    idleLimitMs: number | null,
  ) {
    this.#events = cast.events;
    this.#times = timesOf(cast.events, idleLimitMs);
  }

  get state(): PlaybackState {
    return { positionMs: this.#positionMs, durationMs: this.#times.at(-1) ?? 0, isPlaying: this.#isPlaying };
  }

  /** At the end it begins anew. */
  play(): void {
    if (this.#positionMs >= this.state.durationMs) this.seek(0);
    this.#isPlaying = true;
    this.#tell();
  }

  pause(): void {
    this.#isPlaying = false;
    this.#tell();
  }

  /** Shows the moment; going back means from the start, without the pauses. */
  seek(positionMs: number): void {
    this.#positionMs = Math.max(0, Math.min(positionMs, this.state.durationMs));
    this.#show(countAt(this.#times, this.#positionMs));
    this.#tell();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  setIdleLimit(idleLimitMs: number | null): void {
    const times = timesOf(this.#events, idleLimitMs);
    this.#positionMs = movedTo(this.#times, times, this.#positionMs);
    this.#times = times;
    this.#tell();
  }

  /** To be called for every frame with the time since the last; while the screen is behind, the time stands still. */
  tick(elapsedMs: number): void {
    if (!this.#isPlaying || this.#isFeeding) return;
    const { durationMs } = this.state;
    this.#positionMs = Math.min(durationMs, this.#positionMs + Math.min(elapsedMs, LONGEST_STEP_MS) * this.#speed);
    this.#show(countAt(this.#times, this.#positionMs));
    if (this.#positionMs >= durationMs) this.#isPlaying = false;
    this.#tell();
  }

  /** Writes nothing any more. */
  stop(): void {
    this.#isPlaying = false;
    this.#isStopped = true;
  }

  #tell(): void {
    this.onChange(this.state);
  }

  #show(wanted: number): void {
    this.#wanted = wanted;
    if (wanted < this.#shown) this.#needsReset = true;
    if (!this.#isFeeding) void this.#feed();
  }

  /** Runs once at a time, until the screen shows what is wanted; each piece is taken in before the next, so that sizes change where they did. */
  async #feed(): Promise<void> {
    this.#isFeeding = true;
    while (!this.#isStopped && (this.#needsReset || this.#shown < this.#wanted)) {
      const event = this.#events[this.#shown];
      if (this.#needsReset) {
        this.#needsReset = false;
        this.#shown = 0;
        // oxlint-disable-next-line no-await-in-loop -- one after the other is the purpose
        await this.#write(RESET);
        this.screen.resize(this.cast.columns, this.cast.rows);
      } else if (event?.kind === "resize") {
        this.#shown += 1;
        this.screen.resize(event.columns, event.rows);
      } else {
        // oxlint-disable-next-line no-await-in-loop -- as above
        await this.#write(this.#nextText());
      }
    }
    this.#isFeeding = false;
  }

  /** Joins the outputs that follow each other, up to a size that does not hold up the page. */
  #nextText(): string {
    const texts: string[] = [];
    let chars = 0;
    while (this.#shown < this.#wanted && chars < MOST_CHARS_AT_ONCE) {
      const event = this.#events[this.#shown];
      if (event?.kind !== "output") break;
      this.#shown += 1;
      chars += event.text.length;
      texts.push(event.text);
    }
    return texts.join("");
  }

  #write(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.screen.write(text, resolve);
    });
  }
}
