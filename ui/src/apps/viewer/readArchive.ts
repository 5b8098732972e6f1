// Lists what is in an archive by reading only its table of contents, or its headers; one that is compressed with gzip is unpacked for that.
import { readPiece } from "../../api/fileText";
import { openContent } from "../../api/fileContent";
import { MOST_ENTRIES, type ArchiveEntry, type Listing } from "./archives";
import { readGzip } from "./readGzip";
import { BLOCK_BYTES, isTar, readHeaders, TAR_START } from "./tar";
import { END64_BYTES, findDirectory, MOST_DIRECTORY_BYTES, readEnd64, readEntries, ZIP_TAIL_BYTES } from "./zip";

export type ListedFormat = "zip" | "tar" | "gzip";
/** "compressed": as a whole, in a way that the browser cannot unpack; null: of a kind that is not known here. */
export type ArchiveFormat = ListedFormat | "compressed" | null;

const TAR_PIECE_BYTES = 131_072;
/** Each large file in a tar archive costs a request. */
const MOST_PIECES = 3000;

export function formatOf(head: Uint8Array): ArchiveFormat {
  const start = String.fromCharCode(...head.subarray(0, 6));
  if (start.startsWith("PK\x03\x04") || start.startsWith("PK\x05\x06")) return "zip";
  if (isTar(head)) return "tar";
  if (start.startsWith("\x1f\x8b")) return "gzip";
  if (["BZh", "\xfd7zXZ", "(\xb5/\xfd"].some((mark) => start.startsWith(mark))) return "compressed";
  return null;
}

/** Tells `onListing` what is known, each time there is more. */
export async function readArchive(file: { server: string; path: string; sizeBytes: number }, format: ListedFormat, signal: AbortSignal, onListing: (listing: Listing) => void): Promise<void> {
  const piece = async (from: number, to: number) => (await readPiece(file.server, file.path, from, Math.min(to, file.sizeBytes), signal)).bytes;
  if (format === "zip") onListing(await readZip(file.sizeBytes, piece));
  else if (format === "gzip") await readGzip((await openContent(file.server, file.path, signal)).pieces, file.sizeBytes, signal, (listing) => onListing(asNamed(file.path, listing)));
  else await readTar(file.sizeBytes, piece, onListing);
}

/** By its name an archive, and inside none: it is damaged at its beginning. */
function asNamed(path: string, listing: Listing): Listing {
  return listing.end === "single" && /\.(tgz|tar\.gz)$/i.test(path) ? { ...listing, end: "damaged" } : listing;
}

type ReadPiece = (from: number, to: number) => Promise<Uint8Array>;

const BROKEN: Listing = { entries: [], end: "damaged", share: null };

async function readZip(sizeBytes: number, piece: ReadPiece): Promise<Listing> {
  const found = findDirectory(await piece(Math.max(0, sizeBytes - ZIP_TAIL_BYTES), sizeBytes));
  const directory = found !== null && "end64" in found ? (isPlace(found.end64, END64_BYTES, sizeBytes) ? readEnd64(await piece(found.end64, found.end64 + END64_BYTES)) : null) : found;
  if (directory === null || !isPlace(directory.offset, Math.min(directory.length, MOST_DIRECTORY_BYTES), sizeBytes)) return BROKEN;
  const length = Math.min(directory.length, MOST_DIRECTORY_BYTES);
  if (length === 0) return { entries: [], end: "whole", share: null };
  const { entries, isCut } = readEntries(await piece(directory.offset, directory.offset + length));
  const isLimit = directory.length > length || (isCut && entries.length >= MOST_ENTRIES);
  return { entries, end: isLimit ? "limit" : isCut || entries.length < directory.entries ? "damaged" : "whole", share: null };
}

async function readTar(sizeBytes: number, piece: ReadPiece, onListing: (listing: Listing) => void): Promise<void> {
  const entries: ArchiveEntry[] = [];
  let state = TAR_START;
  let isStuck = false;
  for (let count = 0; count < MOST_PIECES && !state.isDone && entries.length < MOST_ENTRIES; count += 1) {
    const from = state.offset;
    // oxlint-disable-next-line no-await-in-loop -- where the next header lies is in this one
    const read = readHeaders(await piece(from, from + TAR_PIECE_BYTES), state, sizeBytes, MOST_ENTRIES - entries.length);
    entries.push(...read.entries);
    ({ state } = read);
    isStuck = !state.isDone && state.offset === from && read.entries.length === 0;
    if (isStuck) break;
    onListing({ entries: [...entries], end: null, share: null });
  }
  const goesOn = !state.isDone && state.offset + BLOCK_BYTES <= sizeBytes;
  onListing({ entries, end: state.isDamaged || (goesOn && isStuck) ? "damaged" : goesOn ? "limit" : "whole", share: null });
}

function isPlace(offset: number, length: number, sizeBytes: number): boolean {
  return Number.isSafeInteger(offset) && offset >= 0 && length >= 0 && offset + length <= sizeBytes;
}
