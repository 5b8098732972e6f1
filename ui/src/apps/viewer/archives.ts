// What all archives have in common: entries with a name and a size.
import { decodeText } from "../../lib/textEncoding";

export interface ArchiveEntry {
  name: string;
  kind: "file" | "folder" | "link" | "other";
  sizeBytes: number | null;
  /** As it lies in the archive; null where it is not packed by itself. */
  packedBytes: number | null;
  /** Seconds since 1970; null: not known. */
  modifiedAt: number | null;
  isEncrypted: boolean;
}

export interface Listing {
  entries: readonly ArchiveEntry[];
  /** Null while it is read. "damaged": it cannot be read on; "limit": more is not listed; "single": it is one compressed file and no archive. */
  end: "whole" | "damaged" | "limit" | "single" | null;
  /** While it is unpacked: how much of it is through, 0 to 1. */
  share: number | null;
}

/** More than this are not listed. */
export const MOST_ENTRIES = 100_000;
const MOST_NAME_BYTES = 4096;

/** A name as text: UTF-8 where it is valid, else byte by byte. */
export function nameText(bytes: Uint8Array): string {
  const cut = bytes.subarray(0, MOST_NAME_BYTES);
  return decodeText(cut, "utf-8") ?? decodeText(cut, "windows-1252") ?? "";
}
