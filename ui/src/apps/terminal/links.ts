// Finds addresses in lines of a terminal, and opens what was chosen; only by schemes that cannot run anything here.
import type { IBufferLine, ILink, Terminal } from "@xterm/xterm";

/** Lines further away than this belong to another address, or to none. */
const MOST_WRAPPED_LINES = 16;
const ADDRESS = /(?:https?:\/\/|mailto:)[^\s"'`<>{}|\\^\u2500-\u257f]+/giu;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[" };

export interface FoundAddress {
  text: string;
  /** Where it begins in the text. */
  at: number;
}

/** The addresses in a text, without the punctuation of the sentence around them. */
export function addressesIn(text: string): FoundAddress[] {
  return [...text.matchAll(ADDRESS)]
    .map((match) => ({ text: trimmed(match[0]), at: match.index }))
    .filter((found) => targetOf(found.text) !== null);
}

function trimmed(address: string): string {
  let text = address;
  for (;;) {
    const last = text.at(-1) ?? "";
    const opener = CLOSERS[last];
    const isUnpaired = opener !== undefined && count(text, last) > count(text, opener);
    if (!isUnpaired && !".,;:!?*".includes(last)) return text;
    if (text === "") return text;
    text = text.slice(0, -1);
  }
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

export type LinkTarget = { kind: "open"; url: string } | { kind: "copy"; path: string };

/** What following an address means; null for one that is not followed. A file is on the server, so only its path can be copied. */
export function targetOf(address: string): LinkTarget | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol === "http:" || url.protocol === "https:") return url.hostname === "" ? null : { kind: "open", url: url.href };
  if (url.protocol === "mailto:") return url.pathname === "" ? null : { kind: "open", url: url.href };
  return url.protocol === "file:" ? { kind: "copy", path: decoded(url.pathname) } : null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
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
