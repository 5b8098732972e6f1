// Lists a tar archive whose bytes come one after the other and cannot be gone back to; what lies between the headers is let go.
import type { ArchiveEntry } from "./archives";
import { BLOCK_BYTES, isEndMark, isTar, readHeaders, TAR_START } from "./tar";

export class TarStream {
  readonly entries: ArchiveEntry[] = [];
  /** Null until its first block is here; false: this is no tar archive. */
  isTar: boolean | null = null;
  #state = TAR_START;
  #position = 0;
  /** What came from the next header on. */
  #rest = new Uint8Array();

  constructor(readonly most: number) {}

  /** Whether the end was read, by its mark, by damage or because there are as many as are wanted. */
  get isDone(): boolean {
    return this.isTar === false || this.#state.isDone || this.entries.length >= this.most;
  }

  get isFull(): boolean {
    return this.entries.length >= this.most;
  }

  /** The bytes that have come end within an entry, or are no tar archive from some point on. */
  get isDamaged(): boolean {
    return this.#state.isDamaged || (!this.#state.isDone && (this.#state.offset > this.#position || this.#rest.length > 0));
  }

  push(piece: Uint8Array): void {
    const start = this.#position;
    this.#position += piece.length;
    const from = Math.max(0, this.#state.offset - start);
    if (this.#rest.length === 0) this.#rest = piece.slice(from);
    else {
      const rest = new Uint8Array(this.#rest.length + piece.length);
      rest.set(this.#rest);
      rest.set(piece, this.#rest.length);
      this.#rest = rest;
    }
    if (this.#rest.length < BLOCK_BYTES) return;
    // An archive without an entry is zeros from its first block on.
    this.isTar ??= isTar(this.#rest) || isEndMark(this.#rest.subarray(0, BLOCK_BYTES));
    if (!this.isTar) return;
    const { offset } = this.#state;
    const read = readHeaders(this.#rest, this.#state, Number.MAX_SAFE_INTEGER, this.most - this.entries.length);
    for (const entry of read.entries) this.entries.push(entry);
    this.#state = read.state;
    this.#rest = this.#rest.slice(read.state.offset - offset);
  }
}
