// Finds addresses in lines of a terminal, and opens what was chosen; only by schemes that cannot run anything here.
import type { IBufferLine, ILink, Terminal } from "@xterm/xterm";
import { visibleText } from "../../lib/visibleText";

/** Lines further away than this belong to another address, or to none. */
const MOST_WRAPPED_LINES = 16;
const ADDRESS = /(?:https?:\/\/|mailto:)[^\s"'`<>{}|\\^\u2500-\u257f]+/giu;
/** Each closing bracket with the one that opens it. */
const OPENERS: Readonly<Record<string, string>> = { ")": "(", "]": "[" };
/** What is longer is no address that a person follows. */
const LONGEST = 2048;
/** So much of a host is always in sight. */
const MOST_HOST_CHARS = 48;

export interface FoundAddress {
  text: string;
  /** Where it begins in the text. */
  at: number;
}

/** The addresses in a text, without the punctuation of the sentence around them. */
export function addressesIn(text: string): FoundAddress[] {
  return [...text.matchAll(ADDRESS)]
    .filter(([address]) => address.length <= LONGEST)
    .map((match) => ({ text: trimmed(match[0]), at: match.index }))
    .filter((found) => targetOf(found.text) !== null);
}

function trimmed(address: string): string {
  const count = (part: string) => address.split(part).length - 1;
  /** How many more there are of each closing bracket than of what opens it. */
  const unpaired = new Map(Object.entries(OPENERS).map(([closer, opener]) => [closer, count(closer) - count(opener)]));
  let length = address.length;
  for (; length > 0; length -= 1) {
    const last = address.charAt(length - 1);
    const more = unpaired.get(last) ?? 0;
    if (more > 0) unpaired.set(last, more - 1);
    else if (!".,;:!?*".includes(last)) break;
  }
  return address.slice(0, length);
}

export type LinkTarget = { kind: "open"; url: string } | { kind: "copy"; path: string };

/** What following an address means; null for one that is not followed. A file is on the server, so only its path can be copied. */
export function targetOf(address: string): LinkTarget | null {
  if (address.length > LONGEST || !URL.canParse(address)) return null;
  const url = new URL(address);
  // What stands before an @ only looks like the place that it leads to.
  if (url.username !== "" || url.password !== "") return null;
  if (url.protocol === "http:" || url.protocol === "https:") return url.hostname === "" ? null : { kind: "open", url: url.href };
  if (url.protocol === "mailto:") return url.pathname === "" ? null : { kind: "open", url: url.href };
  return url.protocol === "file:" ? { kind: "copy", path: decoded(url.pathname) } : null;
}

/** What is said of an address before it is followed: the whole end of its host first, where that could be out of sight or is written otherwise. */
export function hoverWords(address: string): string {
  if (targetOf(address) === null) return `${visibleText(address, 160)} · not followed`;
  const { protocol, host } = new URL(address);
  const isPlain = host === "" || (host.length <= MOST_HOST_CHARS && address.toLowerCase().startsWith(`${protocol}//${host}`));
  const place = isPlain ? "" : `${host.length > MOST_HOST_CHARS ? "…" : ""}${visibleText(host.slice(-MOST_HOST_CHARS))} · `;
  return `${place}${visibleText(address, 200)} · Ctrl+click`;
}

/** Stays as it is where it holds what cannot be seen: a line end that is pasted into a shell runs what is before it. */
function decoded(path: string): string {
  try {
    const text = decodeURIComponent(path);
    return visibleText(text, text.length) === text ? text : path;
  } catch {
    return path;
  }
}

/** The links that touch one line (counted from 1), wrapped lines taken together. */
export function linksAt(term: Terminal, lineNumber: number, handlers: Pick<ILink, "activate" | "hover" | "leave">): ILink[] {
  const buffer = term.buffer.active;
  let first = lineNumber - 1;
  const oldest = first - MOST_WRAPPED_LINES;
  while (first > oldest && buffer.getLine(first)?.isWrapped === true) first -= 1;
  let text = "";
  /** The cell of each character of the text. */
  const cells: { x: number; y: number }[] = [];
  for (let y = first; y <= first + MOST_WRAPPED_LINES * 2; y += 1) {
    const line = buffer.getLine(y);
    if (line === undefined || (y > first && !line.isWrapped)) break;
    text += lineText(line, (x) => cells.push({ x: x + 1, y: y + 1 }));
  }
  return addressesIn(text).flatMap((found) => {
    const start = cells[found.at];
    const end = cells[found.at + found.text.length - 1];
    if (start === undefined || end === undefined || start.y > lineNumber || end.y < lineNumber) return [];
    return [{ ...handlers, text: found.text, range: { start, end } }];
  });
}

/** The characters of a line; `place` is told the cell of each. */
function lineText(line: IBufferLine, place: (x: number) => void): string {
  let text = "";
  for (let x = 0; x < line.length; x += 1) {
    const cell = line.getCell(x);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const characters = cell.getChars() === "" ? " " : cell.getChars();
    for (let part = 0; part < characters.length; part += 1) place(x);
    text += characters;
  }
  return text;
}
