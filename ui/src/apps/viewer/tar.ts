// Reads the headers of a tar archive one after the other, as they come; sizes that lie only end the listing.
import { nameText, type ArchiveEntry } from "./archives";

export const BLOCK_BYTES = 512;
const MOST_META_BYTES = 65_536;

export interface TarState {
  /** Where the next header lies. */
  offset: number;
  /** A longer name for the next entry. */
  longName: string | null;
  isDone: boolean;
  /** It is done because what follows is no header, or because an entry goes on past the end. */
  isDamaged: boolean;
}

export const TAR_START: TarState = { offset: 0, longName: null, isDone: false, isDamaged: false };

/** Reads as many headers as lie in `bytes`, which begin at the state's offset; the state then says where to go on. */
export function readHeaders(bytes: Uint8Array, state: TarState, sizeBytes: number, most: number): { entries: ArchiveEntry[]; state: TarState } {
  const entries: ArchiveEntry[] = [];
  const start = state.offset;
  let { offset, longName } = state;
  while (entries.length < most) {
    const at = offset - start;
    if (offset + BLOCK_BYTES > sizeBytes) return { entries, state: { offset, longName, isDone: true, isDamaged: offset > sizeBytes } };
    if (at + BLOCK_BYTES > bytes.length) break;
    const block = bytes.subarray(at, at + BLOCK_BYTES);
    if (!isHeader(block)) return { entries, state: { offset, longName, isDone: true, isDamaged: !isEndMark(block) } };
    const size = numberIn(block, 124, 12) ?? 0;
    const type = String.fromCharCode(block[156] ?? 0);
    const isMeta = type === "x" || type === "L" || type === "g" || type === "K";
    const padded = Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
    const next = offset + BLOCK_BYTES + padded;
    if (isMeta && size <= MOST_META_BYTES && at + BLOCK_BYTES + size > bytes.length && next <= sizeBytes) break;
    if (isMeta) {
      const body = bytes.subarray(at + BLOCK_BYTES, at + BLOCK_BYTES + Math.min(size, MOST_META_BYTES));
      if (type === "L") longName = nameText(upToZero(body));
      if (type === "x") longName = paxPath(body) ?? longName;
    } else {
      entries.push(entryOf(block, type, size, longName));
      longName = null;
    }
    // Links and the like have no content, whatever their size says.
    offset = isMeta || "0\0 7S".includes(type) || type > "7" ? next : offset + BLOCK_BYTES;
  }
  return { entries, state: { offset, longName, isDone: false, isDamaged: false } };
}

/** Whether a file begins as a tar archive does. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK_BYTES && isHeader(head.subarray(0, BLOCK_BYTES));
}

/** A block of zeros ends an archive. */
export function isEndMark(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

function entryOf(block: Uint8Array, type: string, size: number, longName: string | null): ArchiveEntry {
  const isUstar = nameText(block.subarray(257, 262)) === "ustar";
  const prefix = isUstar && block[262] === 0 ? nameText(upToZero(block.subarray(345, 500))) : "";
  const short = nameText(upToZero(block.subarray(0, 100)));
  const name = longName ?? (prefix === "" ? short : `${prefix}/${short}`);
  const kind = type === "5" || name.endsWith("/") ? "folder" : type === "1" || type === "2" ? "link" : "0\0 7S".includes(type) ? "file" : "other";
  return { name, kind, sizeBytes: kind === "file" ? size : null, packedBytes: null, modifiedAt: numberIn(block, 136, 12), isEncrypted: false };
}

/** A header's checksum is the sum of its bytes, with its own field as spaces. */
function isHeader(block: Uint8Array): boolean {
  const sum = numberIn(block, 148, 8);
  let total = 0;
  for (let at = 0; at < BLOCK_BYTES; at += 1) total += at >= 148 && at < 156 ? 32 : (block[at] ?? 0);
  return sum !== null && sum === total && total > 256;
}

/** Octal digits, or with the first bit set a binary number. */
function numberIn(block: Uint8Array, at: number, length: number): number | null {
  const field = block.subarray(at, at + length);
  if (((field[0] ?? 0) & 0x80) !== 0) {
    let value = (field[0] ?? 0) & 0x7f;
    for (const byte of field.subarray(1)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : null;
  }
  const text = String.fromCharCode(...field).replace(/[\0 ]+/g, " ").trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : null;
}

/** The path in an extended header, whose lines are `length key=value`. */
function paxPath(body: Uint8Array): string | null {
  let at = 0;
  let path: string | null = null;
  while (at < body.length) {
    const space = body.indexOf(32, at);
    const length = space < 0 ? Number.NaN : Number(nameText(body.subarray(at, space)));
    if (!Number.isInteger(length) || length <= space - at || at + length > body.length) break;
    const equals = body.indexOf(61, space);
    if (equals > 0 && nameText(body.subarray(space + 1, equals)) === "path") path = nameText(body.subarray(equals + 1, at + length - 1));
    at += length;
  }
  return path;
}

function upToZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
