// Lays out lines of a file that is only partly here, from any place in it: a long line becomes several rows.

/** The byte at an offset; null while it is not here. */
export type ReadByte = (offset: number) => number | null;

export interface Row {
  from: number;
  /** Behind its last byte, without the line end. */
  to: number;
  /** Where the next row begins. */
  next: number;
  /** It begins a line, and does not go on with one. */
  isStart: boolean;
}

export const ROW_BYTES = 512;
/** So far back a line's beginning is looked for. */
const MOST_BACK = 65_536;
const LF = 10;
const CR = 13;

/** Up to `count` rows from an offset; fewer at the end of the file, or where bytes are missing. */
export function rowsFrom(read: ReadByte, offset: number, size: number, count: number): { rows: Row[]; isMissing: boolean } {
  const rows: Row[] = [];
  let at = offset;
  while (rows.length < count && at < size) {
    const row = rowAt(read, at, size);
    if (row === null) return { rows, isMissing: true };
    rows.push(row);
    at = row.next;
  }
  return { rows, isMissing: false };
}

/** The beginning of the row that lies so many rows before an offset which begins one; null where bytes are missing. */
export function stepBack(read: ReadByte, offset: number, size: number, count: number): number | null {
  let at = offset;
  for (let step = 0; step < count && at > 0; step += 1) {
    const before = rowBefore(read, at, size);
    if (before === null) return null;
    at = before;
  }
  return at;
}

/** The beginning of the row that a byte lies in; far within a long line any character may begin one. */
export function alignRow(read: ReadByte, offset: number, size: number): number | null {
  if (offset <= 0) return 0;
  const at = Math.min(offset, size);
  const start = lineStart(read, at);
  return start === "far" ? wholeCharacter(read, at) : start === null ? null : lastRowBefore(read, start, at + 1, size);
}

function rowBefore(read: ReadByte, offset: number, size: number): number | null {
  const start = lineStart(read, offset - 1);
  return start === "far" ? wholeCharacter(read, offset - ROW_BYTES) : start === null ? null : lastRowBefore(read, start, offset, size);
}

/** Where the line begins that the byte at an offset belongs to; `far`: further away than is looked. */
function lineStart(read: ReadByte, offset: number): number | "far" | null {
  for (let start = offset; start > 0; start -= 1) {
    if (offset - start > MOST_BACK) return "far";
    const byte = read(start - 1);
    if (byte === null) return null;
    if (byte === LF) return start;
  }
  return 0;
}

/** The row of a line, which begins at `start`, that reaches up to an offset. */
function lastRowBefore(read: ReadByte, start: number, offset: number, size: number): number | null {
  for (let at = start; ; ) {
    const row = rowAt(read, at, size);
    if (row === null) return null;
    if (row.next >= offset || row.next <= at) return at;
    at = row.next;
  }
}

/** Not within a character of several bytes. */
function wholeCharacter(read: ReadByte, offset: number): number {
  let at = offset;
  for (let back = 0; back < 3 && at > 0 && ((read(at) ?? 0) & 0xc0) === 0x80; back += 1) at -= 1;
  return at;
}

function rowAt(read: ReadByte, from: number, size: number): Row | null {
  const before = from === 0 ? LF : read(from - 1);
  if (before === null) return null;
  const isStart = before === LF;
  const limit = Math.min(size, from + ROW_BYTES);
  for (let at = from; at < limit; at += 1) {
    const byte = read(at);
    if (byte === null) return null;
    if (byte === LF) return { from, to: at > from && read(at - 1) === CR ? at - 1 : at, next: at + 1, isStart };
  }
  let cut = limit;
  if (cut < size) {
    cut = Math.max(from + 1, wholeCharacter(read, cut));
    if (read(cut) === LF) return { from, to: cut, next: cut + 1, isStart };
  }
  return { from, to: cut, next: cut, isStart };
}
