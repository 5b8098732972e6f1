// The SHA-256 of a file's content as the page itself works it out, which takes the whole of it into memory.
import { openContent, wholeOf } from "./fileContent";

/** Of larger files the page does not work it out: the browser's own hash cannot go through a stream. */
export const MOST_HASHED_BYTES = 256 * 1024 * 1024;

/** In hexadecimal digits; null where the file is too large. `onRead` is told how many bytes came each time there are more. */
export async function sha256Of(server: string, path: string, signal: AbortSignal, onRead: (bytes: number) => void): Promise<string | null> {
  const { sizeBytes, pieces } = await openContent(server, path, signal);
  const content = (sizeBytes ?? 0) > MOST_HASHED_BYTES ? null : await wholeOf(pieces, MOST_HASHED_BYTES, onRead);
  if (content === null) {
    // Not a byte of it is wanted: ends the transfer.
    await pieces.return(undefined);
    return null;
  }
  return hexOf(await crypto.subtle.digest("SHA-256", content));
}

function hexOf(hash: ArrayBuffer): string {
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
