// Reads the table of contents of a ZIP archive, which lies at its end; nothing in it is believed without a check.
import { MOST_ENTRIES, nameText, type ArchiveEntry } from "./archives";

/** So much of the end holds the last record, its comment and the 64-bit locator. */
export const ZIP_TAIL_BYTES = 65_557 + 20;
/** A larger table of contents is not read. */
export const MOST_DIRECTORY_BYTES = 32 * 1024 * 1024;

const END_SIGNATURE = 0x0605_4b50;
const LOCATOR_SIGNATURE = 0x0706_4b50;
const END64_SIGNATURE = 0x0606_4b50;
const ENTRY_SIGNATURE = 0x0201_4b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
export const END64_BYTES = 56;
const ENTRY_BYTES = 46;

export interface ZipDirectory {
  offset: number;
  length: number;
  entries: number;
}

/** Where the table of contents lies: in the tail itself, or in a 64-bit record at `end64`; null: this is no ZIP archive. */
export function findDirectory(tail: Uint8Array): ZipDirectory | { end64: number } | null {
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    const directory = { entries: view.getUint16(at + 10, true), length: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) };
    const locator = at - LOCATOR_BYTES;
    const isLarge = directory.entries === 0xffff || directory.length === 0xffff_ffff || directory.offset === 0xffff_ffff;
    if (!isLarge || locator < 0 || view.getUint32(locator, true) !== LOCATOR_SIGNATURE) return directory;
    return { end64: large(view, locator + 8) };
  }
  return null;
}

/** The 64-bit record; null where there is none. */
export function readEnd64(bytes: Uint8Array): ZipDirectory | null {
  const view = viewOf(bytes);
  if (bytes.length < END64_BYTES || view.getUint32(0, true) !== END64_SIGNATURE) return null;
  return { entries: large(view, 32), length: large(view, 40), offset: large(view, 48) };
}

/** The entries of a table of contents, as far as it is sound. */
export function readEntries(bytes: Uint8Array): { entries: ArchiveEntry[]; isCut: boolean } {
  const view = viewOf(bytes);
  const entries: ArchiveEntry[] = [];
  let at = 0;
  while (at + ENTRY_BYTES <= bytes.length && view.getUint32(at, true) === ENTRY_SIGNATURE) {
    if (entries.length >= MOST_ENTRIES) return { entries, isCut: true };
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const nameAt = at + ENTRY_BYTES;
    const extraAt = nameAt + nameLength;
    const next = extraAt + extraLength + commentLength;
    if (next > bytes.length) return { entries, isCut: true };
    const name = nameText(bytes.subarray(nameAt, extraAt));
    const sizes = largeSizes(view, extraAt, extraLength, view.getUint32(at + 24, true), view.getUint32(at + 20, true));
    entries.push({
      name,
      kind: name.endsWith("/") ? "folder" : "file",
      ...sizes,
      modifiedAt: dosTime(view.getUint16(at + 14, true), view.getUint16(at + 12, true)),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    });
    at = next;
  }
  return { entries, isCut: false };
}

/** Sizes above 4 GiB stand in an extra field. */
function largeSizes(view: DataView, start: number, length: number, sizeBytes: number, packedBytes: number): { sizeBytes: number; packedBytes: number } {
  const sizes = { sizeBytes, packedBytes };
  let at = start;
  while (at + 4 <= start + length) {
    const id = view.getUint16(at, true);
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > start + length) break;
    if (id === 1) {
      let field = at + 4;
      for (const key of ["sizeBytes", "packedBytes"] as const) {
        if (sizes[key] !== 0xffff_ffff || field + 8 > end) continue;
        sizes[key] = large(view, field);
        field += 8;
      }
      break;
    }
    at = end;
  }
  return sizes;
}

/** The local time the archive was made in, taken as UTC, as it does not say where that was. */
function dosTime(date: number, time: number): number | null {
  if (date === 0) return null;
  return Date.UTC(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2) / 1000;
}

function large(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
