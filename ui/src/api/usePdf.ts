// A PDF of a server for a component: opened while it is shown, with pdf.js fetched when it is first needed.
import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useRef, useState } from "react";
import { asErrorBody } from "./client";
import type { OpenedPdf } from "./pdfDocument";
import type { ErrorBody } from "./types";

export type PdfState =
  | { phase: "opening" | "damaged" | "tooLarge" }
  | { phase: "password"; isWrong: boolean; answer: (password: string) => void }
  | { phase: "open"; pdf: PDFDocumentProxy };

const OPENING: PdfState = { phase: "opening" };

/** `error`: part of it could not be read; `retry` reads it again. */
export function usePdf(server: string, path: string, sizeBytes: number): { state: PdfState; error: ErrorBody | null; retry: () => void } {
  const [state, setState] = useState<PdfState>(OPENING);
  const [error, setError] = useState<ErrorBody | null>(null);
  const opened = useRef<OpenedPdf | null>(null);
  useEffect(() => {
    let isGone = false;
    const open = async () => {
      setError(null);
      const { MOST_PDF_BYTES, openPdf } = await import("./pdfDocument");
      if (isGone) return;
      if (sizeBytes > MOST_PDF_BYTES) {
        setState({ phase: "tooLarge" });
        return;
      }
      opened.current = openPdf(
        { server, path, sizeBytes },
        {
          onPassword: (isWrong, answer) =>
            setState({
              phase: "password",
              isWrong,
              answer: (password) => {
                setState(OPENING);
                answer(password);
              },
            }),
          onOpen: (pdf) => setState({ phase: "open", pdf }),
          onDamaged: () => setState({ phase: "damaged" }),
          onError: setError,
        },
      );
    };
    const start = () => open().catch((thrown: unknown) => !isGone && setError(asErrorBody(thrown)));
    opened.current = { retry: () => void start(), close: () => undefined };
    void start();
    return () => {
      isGone = true;
      opened.current?.close();
      opened.current = null;
      setState(OPENING);
      setError(null);
    };
  }, [server, path, sizeBytes]);
  const retry = () => opened.current?.retry();
  return { state, error, retry };
}
