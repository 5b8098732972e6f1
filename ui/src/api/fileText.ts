// The text of a file for the editor, its safe save, and pieces of any file by their place.
import { contentUrl } from "./files";
import { RequestError, send } from "./client";
import { offlineError } from "./errors";

export interface FileText {
  bytes: Uint8Array;
  /** What the program calls this state of the file; null where it gave none. */
  version: string | null;
  /** Null: not known. */
  isWritable: boolean | null;
}

export interface Saved {
  version: string;
  sizeBytes: number;
  modifiedAt: number | null;
}

export interface SaveOptions {
  /** The state that is replaced; null creates the file. */
  version: string | null;
  /** Writes into the file itself, which keeps its owner and all its names. */
  isInPlace?: boolean;
  /** Whatever is there now. */
  isForced?: boolean;
  /** What is there now is kept on this computer. */
  keeps?: boolean;
}

/** All of a file; null where it is larger than `maxBytes`, of which then no more than that is read. */
export async function readText(server: string, path: string, maxBytes: number, signal?: AbortSignal): Promise<FileText | null> {
  const stop = new AbortController();
  signal?.addEventListener("abort", () => stop.abort(), { once: true });
  let response: Response;
  try {
    response = await send(textUrl(server, { path }), { signal: stop.signal });
  } catch (thrown) {
    if (thrown instanceof RequestError && (thrown.status === 413 || thrown.error.code === "tooLarge")) return null;
    throw thrown;
  }
  const bytes = Number(response.headers.get("x-file-size") ?? response.headers.get("content-length") ?? 0) > maxBytes ? null : await readAtMost(response, maxBytes);
  if (bytes === null) {
    stop.abort();
    return null;
  }
  const writable = response.headers.get("x-file-writable");
  return { bytes, version: response.headers.get("x-file-version"), isWritable: writable === "true" ? true : writable === "false" ? false : null };
}

/** Saves a file as a whole. */
export async function saveText(server: string, path: string, bytes: Uint8Array<ArrayBuffer>, options: SaveOptions): Promise<Saved> {
  const query: Record<string, string> = { path };
  if (options.version !== null) query["version"] = options.version;
  if (options.isForced === true) query["force"] = "1";
  if (options.isInPlace === true) query["inPlace"] = "1";
  if (options.keeps === true) query["keep"] = "1";
  const response = await send(textUrl(server, query), { method: "PUT", headers: { "content-type": "application/octet-stream" }, body: bytes });
  return (await response.json()) as Saved;
}

const MOST_UNSIZED_BYTES = 1024 * 1024;

/** A file of the kernel's, which has no size and no places in it: it is read until it ends. Nothing where it is too much. */
export async function readUnsized(server: string, path: string, signal?: AbortSignal): Promise<Uint8Array> {
  return (await readText(server, path, MOST_UNSIZED_BYTES, signal))?.bytes ?? new Uint8Array();
}

export interface Piece {
  bytes: Uint8Array;
  /** Of the whole file. */
  sizeBytes: number;
}

/** The bytes of a file from `from` to before `to`; fewer where it ends earlier. */
export async function readPiece(server: string, path: string, from: number, to: number, signal?: AbortSignal): Promise<Piece> {
  const url = contentUrl(server, path).slice("/api".length);
  const init = { headers: { range: `bytes=${from}-${to - 1}` }, ...(signal === undefined ? {} : { signal }) };
  let response: Response;
  try {
    response = await send(url, init);
  } catch (thrown) {
    // There is nothing at that place: an empty file, or one that has shrunk.
    if (thrown instanceof RequestError && thrown.status === 416) return { bytes: new Uint8Array(), sizeBytes: from };
    throw thrown;
  }
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get("content-range") ?? "");
  if (response.status === 206 && (range === null || Number(range[1]) !== from)) throw broken("The program answered with another part of the file.");
  const most = response.status === 206 ? to - from : to;
  const bytes = await readAtMost(response, most, true);
  const sizeBytes = range === null ? Number(response.headers.get("content-length") ?? bytes?.length ?? 0) : Number(range[2]);
  return { bytes: (bytes ?? new Uint8Array()).subarray(response.status === 206 ? 0 : from), sizeBytes };
}

/** The body; null where it is longer than `maxBytes`, or with `cuts` only as much of it. */
async function readAtMost(response: Response, maxBytes: number, cuts = false): Promise<Uint8Array | null> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- the pieces come one after the other
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
    if (length <= maxBytes) continue;
    void reader.cancel().catch(() => undefined);
    if (!cuts) return null;
    break;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.subarray(0, maxBytes);
}

function textUrl(server: string, query: Record<string, string>): string {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `/servers/${encodeURIComponent(server)}/files/text?${pairs.join("&")}`;
}

function broken(message: string): RequestError {
  return new RequestError({ ...offlineError(), code: "failed", message }, 0);
}
