// A file of any size piece by piece: the pieces that are looked at are fetched, a few are kept, the whole is never held.
import { asErrorBody } from "./client";
import { readPiece } from "./fileText";
import type { ErrorBody } from "./types";

export const CHUNK_BYTES = 65_536;
const MOST_KEPT = 64;
const MOST_AT_ONCE = 4;
const NOTHING: { index: number; bytes: Uint8Array | null } = { index: -1, bytes: null };

export class FileChunks {
  /** Null until the first piece is here. */
  sizeBytes: number | null = null;
  error: ErrorBody | null = null;
  readonly #kept = new Map<number, Uint8Array>();
  readonly #asked = new Set<number>();
  #last = NOTHING;
  readonly #stop = new AbortController();

  constructor(
    readonly server: string,
    readonly path: string,
    readonly onChange: () => void,
  ) {}

  /** The piece of this index, null while it is not here; it is fetched then. */
  get(index: number): Uint8Array | null {
    const kept = this.#kept.get(index);
    if (kept !== undefined) {
      // The last one looked at is the last to go.
      this.#kept.delete(index);
      this.#kept.set(index, kept);
      return kept;
    }
    void this.#fetch(index);
    return null;
  }

  /** The byte at an offset, null while it is not known. */
  byteAt(offset: number): number | null {
    const index = Math.floor(offset / CHUNK_BYTES);
    // The same piece as before, mostly.
    if (index !== this.#last.index) this.#last = { index, bytes: this.get(index) };
    const { bytes } = this.#last;
    if (bytes === null) this.#last = NOTHING;
    return bytes?.[offset % CHUNK_BYTES] ?? null;
  }

  /** A stretch of bytes, null while part of it is not here. */
  bytes(from: number, to: number): Uint8Array | null {
    const bytes = new Uint8Array(Math.max(0, to - from));
    for (let index = Math.floor(from / CHUNK_BYTES); index * CHUNK_BYTES < to; index += 1) {
      const chunk = this.get(index);
      if (chunk === null) return null;
      const start = index * CHUNK_BYTES;
      const part = chunk.subarray(Math.max(0, from - start), Math.max(0, to - start));
      bytes.set(part, Math.max(0, start - from));
    }
    return bytes;
  }

  retry(): void {
    this.error = null;
    this.onChange();
  }

  close(): void {
    this.#stop.abort();
  }

  async #fetch(index: number): Promise<void> {
    const isPast = index < 0 || (this.sizeBytes !== null && index * CHUNK_BYTES >= Math.max(1, this.sizeBytes));
    if (isPast || this.error !== null || this.#asked.has(index) || this.#asked.size >= MOST_AT_ONCE) return;
    this.#asked.add(index);
    try {
      const piece = await readPiece(this.server, this.path, index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES, this.#stop.signal);
      this.sizeBytes = piece.sizeBytes;
      this.#kept.set(index, piece.bytes);
      const oldest = this.#kept.keys().next();
      if (this.#kept.size > MOST_KEPT && oldest.done !== true) this.#kept.delete(oldest.value);
    } catch (thrown) {
      if (this.#stop.signal.aborted) return;
      this.error = asErrorBody(thrown);
    } finally {
      this.#asked.delete(index);
    }
    this.onChange();
  }
}
