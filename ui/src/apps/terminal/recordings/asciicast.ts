// Reads recordings in the format asciicast 2: a line of JSON that describes it, then one line per event. It takes the file as it comes, keeps to limits, and steps over lines it cannot read.

export type CastEvent =
  | { kind: "output"; atMs: number; text: string }
  | { kind: "resize"; atMs: number; columns: number; rows: number };

export interface Cast {
  columns: number;
  rows: number;
  title: string | null;
  /** In the order of their times, which never go back. */
  events: readonly CastEvent[];
  durationMs: number;
  /** Lines that could not be read. */
  skippedLines: number;
  /** Whether the file went on past the limits. */
  isCut: boolean;
}

export type ParsedCast = { cast: Cast; mistake: null } | { cast: null; mistake: string };

const MOST_CHARS = 64 * 1024 * 1024;
const LONGEST_LINE = 4 * 1024 * 1024;
const MOST_EVENTS = 1_000_000;
const MOST_COLUMNS = 1000;
const MOST_ROWS = 500;
/** Thirty days. */
const LONGEST_MS = 30 * 86_400_000;

const NO_CAST = "This is no recording of a terminal (asciicast, .cast).";

/** Takes the file piece by piece. */
export class CastReader {
  #rest = "";
  #isInLongLine = false;
  #chars = 0;
  #header: { columns: number; rows: number; title: string | null } | null = null;
  #mistake: string | null = null;
  readonly #events: CastEvent[] = [];
  #atMs = 0;
  #skippedLines = 0;
  #isCut = false;

  /** False when more need not come: it is no recording, or the limits are reached. */
  push(piece: string): boolean {
    if (this.#isDone()) return false;
    const room = MOST_CHARS - this.#chars;
    this.#chars += piece.length;
    if (piece.length > room) this.#isCut = true;
    const text = this.#rest + piece.slice(0, room);
    let start = 0;
    for (let end = text.indexOf("\n", start); end >= 0 && this.#mistake === null; end = text.indexOf("\n", start)) {
      this.#line(text.slice(start, end));
      start = end + 1;
    }
    this.#rest = text.slice(start);
    if (this.#rest.length > LONGEST_LINE) {
      // Its end is awaited without keeping it.
      this.#rest = "";
      this.#isInLongLine = true;
      if (this.#header === null) this.#mistake = NO_CAST;
    }
    return !this.#isDone();
  }

  /** What was read. A last line without its end belongs to a recording that still goes on, and counts where it is whole. */
  finish(): ParsedCast {
    const last = this.#rest;
    this.#rest = "";
    if (this.#mistake === null && !this.#isCut && last !== "") {
      const before = this.#skippedLines;
      this.#line(last);
      if (this.#header !== null) this.#skippedLines = before;
    }
    if (this.#mistake !== null || this.#header === null) return { cast: null, mistake: this.#mistake ?? NO_CAST };
    const durationMs = this.#events.at(-1)?.atMs ?? 0;
    return { cast: { ...this.#header, events: this.#events, durationMs, skippedLines: this.#skippedLines, isCut: this.#isCut }, mistake: null };
  }

  #isDone(): boolean {
    return this.#mistake !== null || this.#isCut;
  }

  #line(line: string): void {
    if (this.#isInLongLine) {
      this.#isInLongLine = false;
      this.#skippedLines += 1;
      return;
    }
    if (line.trim() === "") return;
    const value = line.length > LONGEST_LINE ? undefined : parsed(line);
    if (this.#header === null) {
      this.#readHeader(value);
      return;
    }
    if (this.#events.length >= MOST_EVENTS) {
      this.#isCut = true;
      return;
    }
    if (!this.#readEvent(value)) this.#skippedLines += 1;
  }

  #readHeader(value: unknown): void {
    if (!isObject(value) || typeof value["version"] !== "number") {
      this.#mistake = NO_CAST;
      return;
    }
    if (value["version"] !== 2) {
      this.#mistake = `This recording has version ${value["version"]} of its format; only version 2 can be played.`;
      return;
    }
    const columns = asSize(value["width"], MOST_COLUMNS);
    const rows = asSize(value["height"], MOST_ROWS);
    const title = value["title"];
    if (columns === null || rows === null) this.#mistake = "This recording does not say how large its terminal was.";
    else this.#header = { columns, rows, title: typeof title === "string" && title !== "" ? title.slice(0, 200) : null };
  }

  /** False when it is none; kinds that are not drawn (input, marks) are events too. */
  #readEvent(value: unknown): boolean {
    if (!Array.isArray(value)) return false;
    const [seconds, kind, data]: unknown[] = value;
    if (typeof seconds !== "number" || typeof kind !== "string" || typeof data !== "string") return false;
    const atMs = seconds * 1000;
    if (!(atMs >= 0 && atMs <= LONGEST_MS)) return false;
    if (kind === "o") {
      this.#atMs = Math.max(this.#atMs, atMs);
      this.#events.push({ kind: "output", atMs: this.#atMs, text: data });
    } else if (kind === "r") {
      const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(data) ?? [];
      const columns = asSize(Number(width), MOST_COLUMNS);
      const rows = asSize(Number(height), MOST_ROWS);
      if (columns === null || rows === null) return false;
      this.#atMs = Math.max(this.#atMs, atMs);
      this.#events.push({ kind: "resize", atMs: this.#atMs, columns, rows });
    }
    return true;
  }
}

function asSize(value: unknown, most: number): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most ? value : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
