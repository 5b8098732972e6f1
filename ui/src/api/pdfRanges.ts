// The bytes of a PDF as pdf.js asks for them, stretch by stretch; a stretch that could not be read is kept, and read again when somebody says so.
import { PDFDataRangeTransport } from "pdfjs-dist/legacy/build/pdf.mjs";
import { asErrorBody, RequestError } from "./client";
import { offlineError } from "./errors";
import { readPiece } from "./fileText";
import type { ErrorBody } from "./types";

export interface PdfFile {
  server: string;
  path: string;
  sizeBytes: number;
}

/** The browser has six connections to the program, and others need some of them. */
const MOST_AT_ONCE = 3;
/** A PDF whose table of contents is broken would be searched from its beginning to its end. */
const MOST_BYTES_TO_OPEN = 16 * 1024 * 1024;

export class PdfRanges extends PDFDataRangeTransport {
  /** Null where all that was asked for is here, or on its way. */
  error: ErrorBody | null = null;
  isOpen = false;
  readonly #waiting: [number, number][] = [];
  readonly #stop = new AbortController();
  #running = 0;
  #askedBytes = 0;

  constructor(
    readonly file: PdfFile,
    readonly onError: () => void,
    /** It would take too much to find out what is in it. */
    readonly onTooMuch: () => void,
  ) {
    super(file.sizeBytes, null);
  }

  override requestDataRange(begin: number, end: number): void {
    this.#askedBytes += end - begin;
    if (!this.isOpen && this.#askedBytes > MOST_BYTES_TO_OPEN) {
      this.onTooMuch();
      return;
    }
    this.#waiting.push([begin, end]);
    this.#next();
  }

  retry(): void {
    this.error = null;
    this.onError();
    for (let count = 0; count < MOST_AT_ONCE; count += 1) this.#next();
  }

  override abort(): void {
    this.#stop.abort();
    this.#waiting.length = 0;
  }

  #next(): void {
    if (this.error !== null || this.#running >= MOST_AT_ONCE) return;
    const range = this.#waiting.shift();
    if (range !== undefined) void this.#read(range);
  }

  async #read([begin, end]: [number, number]): Promise<void> {
    this.#running += 1;
    try {
      const { bytes, sizeBytes } = await readPiece(this.file.server, this.file.path, begin, end, this.#stop.signal);
      if (sizeBytes !== this.file.sizeBytes || bytes.length !== end - begin) throw changed();
      if (!this.#stop.signal.aborted) this.onDataRange(begin, bytes);
    } catch (thrown) {
      if (this.#stop.signal.aborted) return;
      this.#waiting.unshift([begin, end]);
      this.error = asErrorBody(thrown);
      this.onError();
    } finally {
      this.#running -= 1;
    }
    this.#next();
  }
}

function changed(): RequestError {
  return new RequestError({ ...offlineError(), code: "fileChanged", message: "It has another size than when it was opened.", hint: "Read it again." }, 0);
}
