// Where in a line grep found what it was asked for: the first and longest each time, as it does; the time grows with the line and the pattern alone, whatever they are.
import { machineOf, WORD, type Machine, type Place } from "./grepPattern";

/** A part of a text, by its UTF-16 places. */
export interface Span {
  from: number;
  to: number;
}

export type Finder = (text: string) => Span[];

/** A line with more is marked to here. */
const MOST_FOUND = 50;
/** The characters that stand for bytes which are no text: this and the byte. */
const RAW_BASE = 0x10fe00;

/** Finds a text, or what fits a pattern; null where it cannot be said what fits. */
export function finderOf(text: string, isRegex: boolean, anyCase: boolean): Finder | null {
  const machine = machineOf(text, isRegex, anyCase);
  if (machine === null) return null;
  return (line) => {
    const { bytes, places } = bytesOf(line);
    const found: Span[] = [];
    for (let at = 0; found.length < MOST_FOUND; ) {
      const next = findNext(machine, bytes, at);
      if (next === null) break;
      at = next.to;
      found.push({ from: places[next.from] ?? 0, to: endOf(line, places, next.to) });
    }
    return found;
  };
}

/** The bytes of a line as they are on the server, and where in the text the character of each stands. */
function bytesOf(line: string): { bytes: readonly number[]; places: readonly number[] } {
  const bytes: number[] = [];
  const places: number[] = [];
  const encoder = new TextEncoder();
  let place = 0;
  for (const sign of line) {
    const code = sign.codePointAt(0) ?? 0;
    const isRaw = code >= RAW_BASE + 0x80 && code <= RAW_BASE + 0xff;
    const own = code < 0x80 ? [code] : isRaw ? [code - RAW_BASE] : encoder.encode(sign);
    for (const byte of own) {
      bytes.push(byte);
      places.push(place);
    }
    place += sign.length;
  }
  return { bytes, places };
}

/** Where in the text a span ends; a character that is in it in part is in it. */
function endOf(line: string, places: readonly number[], to: number): number {
  const last = places[to - 1] ?? 0;
  let after = to;
  while (places[after] === last) after += 1;
  return places[after] ?? line.length;
}

/** Of all places where a match can begin the first, and from there the longest; an empty one is none. */
function findNext({ steps, first }: Machine, bytes: readonly number[], start: number): Span | null {
  let best: Span | null = null;
  /** The steps that wait for a byte, each with where its match began: the earliest come first. */
  let waiting: { step: number; from: number }[] = [];
  const seenAt = new Int32Array(steps.length).fill(-1);
  for (let at = start; at <= bytes.length; at += 1) {
    const now: { step: number; from: number }[] = [];
    const reach = (step: number, from: number) => {
      const open = [step];
      for (let each = open.pop(); each !== undefined; each = open.pop()) {
        const known = steps[each];
        if (known === undefined || seenAt[each] === at) continue;
        if (known.kind === "end") {
          if (at > from && (best === null || from <= best.from)) best = { from, to: at };
          continue;
        }
        seenAt[each] = at;
        if (known.kind === "either") open.push(...known.ways);
        else if (known.kind === "byte") now.push({ step: each, from });
        else if (isAt(known.what, bytes, at)) open.push(known.next);
      }
    };
    const byte = at > start ? bytes[at - 1] : undefined;
    for (const { step, from } of waiting) {
      const known = steps[step];
      if (byte !== undefined && known?.kind === "byte" && known.fits.has(byte)) reach(known.next, from);
    }
    if (best === null) reach(first, at);
    const until: number = startOf(best);
    waiting = now.filter(({ from }) => from <= until);
    if (waiting.length === 0 && best !== null) return best;
  }
  return best;
}

function startOf(best: Span | null): number {
  return best === null ? Infinity : best.from;
}

function isAt(what: Place, bytes: readonly number[], at: number): boolean {
  const isWordBefore = WORD.has(bytes[at - 1] ?? -1);
  const isWordAfter = WORD.has(bytes[at] ?? -1);
  switch (what) {
    case "lineStart":
      return at === 0;
    case "lineEnd":
      return at === bytes.length;
    case "wordStart":
      return !isWordBefore && isWordAfter;
    case "wordEnd":
      return isWordBefore && !isWordAfter;
    case "wordEdge":
      return isWordBefore !== isWordAfter;
    case "noWordEdge":
      return isWordBefore === isWordAfter;
  }
}
