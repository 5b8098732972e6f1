// The part of a line that is shown for what was found in it: without the white space before it, and so that the first match is in sight.
import { MOST_LINE_BYTES, type FoundLine } from "../../api/fileTypes";
import type { Finder, Span } from "../../lib/grepFind";
import { visibleText } from "../../lib/visibleText";

/** A piece of an excerpt; its text is safe to look at. */
export interface Piece {
  text: string;
  isFound: boolean;
}

/** How much before a match is shown at most where a line is cut off at its beginning. */
const MOST_BEFORE = 24;
/** More is never in sight, however wide the window is. */
const MOST_SHOWN = 600;
const TAB = "    ";

/** The pieces to show of a line, where there is room for so many characters of one width. */
export function excerptOf({ text: whole }: FoundLine, find: Finder | null, room: number): Piece[] {
  // The end of a line may be of two signs; the first is no part of what it says.
  const text = whole.replace(/\r$/, "");
  const spans = find === null ? [] : find(text);
  const [first] = spans;
  const indent = text.length - text.trimStart().length;
  const start = Math.min(first?.from ?? indent, indent === text.length ? 0 : indent);
  const from = first === undefined ? start : cutBefore(text, start, first, room);
  const to = Math.min(text.length, from + MOST_SHOWN);
  const pieces: Piece[] = from > start ? [{ text: "…", isFound: false }] : [];
  const add = (until: number, at: number, isFound: boolean) => {
    if (until > at) pieces.push({ text: shownAs(text.slice(at, until)), isFound });
  };
  let at = from;
  for (const span of spans) {
    const begin = Math.min(to, span.from);
    const end = Math.min(to, span.to);
    add(begin, at, false);
    add(end, begin, true);
    at = end;
  }
  add(to, at, false);
  const isCut = to < text.length || new TextEncoder().encode(whole).length >= MOST_LINE_BYTES;
  if (isCut) pieces.push({ text: "…", isFound: false });
  return pieces;
}

/** Where to begin so that a match is in sight: at the start where it is anyway. */
function cutBefore(text: string, start: number, match: Span, room: number): number {
  if (widthOf(text.slice(start, match.to)) <= room) return start;
  const before = Array.from(text.slice(start, match.from));
  const most = Math.min(MOST_BEFORE, Math.floor(room / 3));
  let width = 0;
  let from = match.from;
  for (const sign of before.toReversed()) {
    width += widthOf(sign);
    if (width > most) break;
    from -= sign.length;
  }
  return from;
}

/** How wide a text is in a fixed font: signs above the Latin, Greek and Cyrillic ones may take the room of two. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of shownAs(text)) width += (sign.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return width;
}

function shownAs(text: string): string {
  return text.split("\t").map((part) => visibleText(part)).join(TAB);
}
