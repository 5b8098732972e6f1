// The two files that want the same name, wherever each of them lies, and whether they hold the same.
import { RequestError } from "../../../api/client";
import { openContent, piecesOf, wholeOf, type Bytes } from "../../../api/fileContent";
import { readUnsized } from "../../../api/fileText";
import { goneError } from "../../../api/uploadAttempt";
import { differsAt, firstDifference } from "../../../lib/differs";
import { decodeText, detectEncoding } from "../../../lib/textEncoding";
import { visibleLines } from "../../../lib/visibleText";

/** Where a file lies: on a server, or on this computer. */
export type Place = { server: string; path: string } | { file: File };

export interface Side {
  sizeBytes: number | null;
  /** Seconds since 1970. */
  modifiedAt: number | null;
  /** Null where it is no file, whose content could be looked at. */
  place: Place | null;
}

/** Larger files are not read. */
export const MOST_BYTES = 8 * 1024 * 1024;
/** Of larger ones the lines are not shown. */
export const MOST_TEXT_BYTES = 1024 * 1024;

export type Comparison =
  | { kind: "same" }
  /** Only sizes and times are known. */
  | { kind: "large" }
  | { kind: "different"; at: number; lines: Lines };

/** The texts with what cannot be seen made visible, or why there are none. */
export type Lines = { from: string; to: string } | "binary" | "large" | "alike";

/** `onRead` is told how many bytes of the two were read each time there are more. */
export async function compare(from: Side, to: Side, signal: AbortSignal, onRead: (bytes: number) => void): Promise<Comparison> {
  const most = Math.max(from.sizeBytes ?? 0, to.sizeBytes ?? 0);
  if (most > MOST_BYTES) return { kind: "large" };
  if (most > MOST_TEXT_BYTES) {
    const sides = [counted(piecesIn(from, signal), onRead), counted(piecesIn(to, signal), onRead)] as const;
    try {
      const at = await differsAt(...sides);
      return at === null ? { kind: "same" } : { kind: "different", at, lines: "large" };
    } catch (thrown) {
      if (thrown instanceof GrownError) return { kind: "large" };
      throw thrown;
    } finally {
      // The one that is longer goes on otherwise.
      for (const side of sides) void side.return(undefined).catch(() => undefined);
    }
  }
  const [one, other] = await Promise.all([from, to].map((side) => wholeOf(piecesIn(side, signal), MOST_TEXT_BYTES, onRead)));
  if (one === undefined || other === undefined || one === null || other === null) return { kind: "large" };
  const at = firstDifference(one, other) ?? (one.length === other.length ? null : Math.min(one.length, other.length));
  return at === null ? { kind: "same" } : { kind: "different", at, lines: linesOf(one, other) };
}

export function linesOf(from: Uint8Array, to: Uint8Array): Lines {
  const texts = [from, to].map((bytes) => {
    const { encoding, isText } = detectEncoding(bytes);
    return isText ? decodeText(bytes, encoding) : null;
  });
  const [one, other] = texts.map((text) => (text === null ? null : visibleLines(text, Number.POSITIVE_INFINITY)));
  if (one === undefined || other === undefined || one === null || other === null) return "binary";
  return one === other ? "alike" : { from: one, to: other };
}

class GrownError extends Error {}

async function* counted(pieces: AsyncIterable<Bytes>, onRead: (bytes: number) => void): AsyncGenerator<Bytes, void, undefined> {
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    // It grew since its size was told.
    if (length > MOST_BYTES) throw new GrownError();
    onRead(piece.length);
    yield piece;
  }
}

async function* piecesIn({ place, sizeBytes }: Side, signal: AbortSignal): AsyncGenerator<Bytes, void, undefined> {
  if (place === null) return;
  if ("file" in place) yield* piecesOf(place.file.stream(), signal, fileIsGone);
  // Of a file that the kernel makes up when it is read no size is known.
  else if (sizeBytes === 0) yield Uint8Array.from(await readUnsized(place.server, place.path, signal));
  else yield* (await openContent(place.server, place.path, signal)).pieces;
}

function fileIsGone(): never {
  throw new RequestError(goneError(), 0);
}
