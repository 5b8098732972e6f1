// The first page of a PDF, in the width there is.
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { usePdf } from "../../api/usePdf";
import { PdfSheet } from "../../kit/PdfSheet";
import { Skeleton } from "../../kit/Skeleton";
import { useSize } from "../../kit/useSize";

const EDGE = 24;

export interface PdfPreviewProps {
  server: string;
  path: string;
  sizeBytes: number;
  label: string;
  /** What is shown where there is no page to show. */
  otherwise: (note: string) => ReactNode;
}

export function PdfPreview({ server, path, sizeBytes, label, otherwise }: PdfPreviewProps) {
  const { state, error } = usePdf(server, path, sizeBytes);
  const [page, setPage] = useState<PDFPageProxy | "damaged" | null>(null);
  const host = useRef<HTMLDivElement>(null);
  const { widthPx, heightPx } = useSize(host);
  const pdf = state.phase === "open" ? state.pdf : null;
  useEffect(() => {
    let isGone = false;
    pdf?.getPage(1).then(
      (first) => !isGone && setPage(first),
      () => !isGone && setPage("damaged"),
    );
    return () => {
      isGone = true;
      setPage(null);
    };
  }, [pdf]);

  if (error !== null) return otherwise(error.message);
  if (state.phase === "password") return otherwise("It needs a password.");
  if (state.phase === "tooLarge") return otherwise("It is too large for a preview.");
  if (state.phase === "damaged" || page === "damaged") return otherwise("It is damaged, or not a PDF inside.");
  const size = page?.getViewport({ scale: 1 });
  const scale = size === undefined ? 0 : Math.max(0, Math.min((widthPx - EDGE) / size.width, (heightPx - EDGE) / size.height));
  return (
    <div ref={host} className="flex min-h-0 grow items-center justify-center overflow-hidden">
      {page === null || size === undefined || scale === 0 ? (
        <Skeleton className="h-72 w-52" />
      ) : (
        <div role="img" aria-label={label} className="relative shadow-sheet" style={{ width: size.width * scale, height: size.height * scale }}>
          <PdfSheet page={page} scale={scale} hasText={false} />
        </div>
      )}
    </div>
  );
}
