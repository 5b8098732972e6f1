// Opens a PDF with pdf.js, set so that the page's strict policy holds and nothing in the file runs; what is in a PDF is hostile.
import { getDocument, PasswordResponses, version, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
// The half of pdf.js that reads the file. It says that it is here, and is then used in this page: the policy lets a page make no worker, since it allows no trusted script address.
import "pdfjs-dist/legacy/build/pdf.worker.min.mjs";
import { PdfRanges, type PdfFile } from "./pdfRanges";
import type { ErrorBody } from "./types";

/** pdf.js sets this much memory aside for the bytes of the file. */
export const MOST_PDF_BYTES = 1024 * 1024 * 1024;
const CHUNK_BYTES = 131_072;
/** A picture of more is left out: 320 MiB once it is unpacked. */
const MOST_IMAGE_PIXELS = 80_000_000;
/** A picture of more is made smaller before it is drawn. */
const MOST_CANVAS_BYTES = 128 * 1024 * 1024;
/** The package itself while developing, else what pdfFiles.ts took from it. */
const FILES = import.meta.env.DEV ? "/node_modules/pdfjs-dist/" : `/assets/pdf-${version}/`;

export interface PdfListener {
  onPassword: (isWrong: boolean, answer: (password: string) => void) => void;
  onOpen: (pdf: PDFDocumentProxy) => void;
  /** It is no PDF, or too broken to tell what is in it. */
  onDamaged: () => void;
  /** Null: reading goes on. */
  onError: (error: ErrorBody | null) => void;
}

export interface OpenedPdf {
  retry: () => void;
  close: () => void;
}

// What pdf.js throws where nobody hears it when a file is closed before it is open.
window.addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof Error && event.reason.message === "Worker was terminated") event.preventDefault();
});

export function openPdf(file: PdfFile, listener: PdfListener): OpenedPdf {
  let isClosed = false;
  const ranges: PdfRanges = new PdfRanges(
    file,
    () => !isClosed && listener.onError(ranges.error),
    () => {
      if (!isClosed) listener.onDamaged();
      close();
    },
  );
  const task = getDocument({
    range: ranges,
    rangeChunkSize: CHUNK_BYTES,
    // Only what is looked at is fetched.
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    useWasm: false,
    disableWorkerRendering: true,
    maxImageSize: MOST_IMAGE_PIXELS,
    canvasMaxAreaInBytes: MOST_CANVAS_BYTES,
    cMapUrl: `${FILES}cmaps/`,
    standardFontDataUrl: `${FILES}standard_fonts/`,
    wasmUrl: `${FILES}wasm/`,
    // Its warnings are about the file, and nobody reads them.
    verbosity: 0,
  });
  task.onPassword = (answer: (password: string) => void, reason: number) => {
    if (!isClosed) listener.onPassword(reason === PasswordResponses.INCORRECT_PASSWORD, answer);
  };
  task.promise.then(
    (pdf) => {
      ranges.isOpen = true;
      if (!isClosed) listener.onOpen(pdf);
    },
    () => !isClosed && listener.onDamaged(),
  );
  const close = () => {
    isClosed = true;
    ranges.abort();
    void task.destroy();
  };
  return { retry: () => ranges.retry(), close };
}
