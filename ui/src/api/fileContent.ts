// A file's bytes from the first to the last as they come, for those who must see all of them and hold none.
import { send } from "./client";
import { cutOff, contentUrl } from "./files";

export type Bytes = Uint8Array<ArrayBuffer>;

export interface FileContent {
  /** As it was told before the first byte; null where it was not. */
  sizeBytes: number | null;
  /** To be gone through once; leaving early ends the transfer. */
  pieces: AsyncGenerator<Bytes, void, undefined>;
}

/** Opens a file of a server. A transfer that breaks off is thrown like any other error. */
export async function openContent(server: string, path: string, signal: AbortSignal): Promise<FileContent> {
  const response = await send(contentUrl(server, path).slice("/api".length), { signal });
  const length = response.headers.get("content-length");
  return { sizeBytes: length === null ? null : Number(length), pieces: piecesOf(response.body, signal, cutOff) };
}

/** The pieces of a stream; `onBroken` throws what a reader is told when they end before their time. */
export async function* piecesOf(stream: ReadableStream<Bytes> | null, signal: AbortSignal, onBroken: () => never): AsyncGenerator<Bytes, void, undefined> {
  if (stream === null) return;
  const reader = stream.getReader();
  const next = async () => {
    try {
      return await reader.read();
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return onBroken();
    }
  };
  try {
    for (;;) {
      signal.throwIfAborted();
      // oxlint-disable-next-line no-await-in-loop -- the pieces come one after the other
      const { done, value } = await next();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** All bytes in one piece, and of more than `maxBytes` none: null. */
export async function wholeOf(pieces: AsyncIterable<Bytes>, maxBytes: number, onPiece: (bytes: number) => void): Promise<Bytes | null> {
  const kept: Bytes[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > maxBytes) return null;
    kept.push(piece);
    onPiece(piece.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of kept) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
