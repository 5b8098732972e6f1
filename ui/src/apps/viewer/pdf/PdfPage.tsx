// The place of one page among the others: white until pdf.js has the page, and as large as is known so far.
import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useEffect, useEffectEvent, useState } from "react";
import { PdfSheet } from "../../../kit/PdfSheet";
import { pageSize, type Layout, type PageSize } from "./layout";

interface PdfPageProps {
  pdf: PDFDocumentProxy;
  index: number;
  layout: Layout;
  onSize: (index: number, size: PageSize) => void;
}

export function PdfPage({ pdf, index, layout, onSize }: PdfPageProps) {
  const [shown, setShown] = useState<{ page: PDFPageProxy; factor: number } | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const tell = useEffectEvent(onSize);
  useEffect(() => {
    let isGone = false;
    pdf.getPage(index + 1).then(
      (page) => {
        if (isGone) return;
        const { factor, ...size } = sizeOf(page);
        tell(index, size);
        setShown({ page, factor });
      },
      () => !isGone && setHasFailed(true),
    );
    return () => {
      isGone = true;
    };
  }, [pdf, index]);
  const { width, height } = layout.sizeOf(index);
  const box = { top: layout.tops[index] ?? 0, left: `calc(50% - ${(width * layout.scale) / 2}px)`, width: width * layout.scale, height: height * layout.scale };
  return (
    <div role="group" aria-label={`Page ${index + 1}`} className="absolute bg-paper shadow-sheet" style={box}>
      {shown !== null && <PdfSheet page={shown.page} scale={shown.factor * layout.scale} hasText />}
      {hasFailed && <p className="bg-bad-ground p-3 text-center text-small text-bad">This page is damaged.</p>}
    </div>
  );
}

export function sizeOf(page: PDFPageProxy): PageSize & { factor: number } {
  const { width, height } = page.getViewport({ scale: 1 });
  return pageSize(width, height);
}
