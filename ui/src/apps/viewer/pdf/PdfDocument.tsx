// The pages of an open PDF, one below the other: scrolled, zoomed, gone through by keys; only those near what is in sight are there.
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useSize } from "../../../kit/useSize";
import { CutLine } from "../Part";
import { anchorAt, currentPage, drawnPages, heightOf, layoutOf, MOST_PAGES, pageSize, pageStep, topOf, type Anchor, type PageSize } from "./layout";
import { PdfPage, sizeOf } from "./PdfPage";
import { PdfToolbar } from "./PdfToolbar";
import { SheetSkeleton } from "./SheetSkeleton";
import { factorOf, stepped, type Zoom } from "./zoom";

/** What pdf.js keeps of pages that were left is let go when nothing moved for so long. */
const REST_MS = 10_000;

export function PdfDocument({ pdf }: { pdf: PDFDocumentProxy }) {
  const [usual, setUsual] = useState<PageSize | null>(null);
  useEffect(() => {
    let isGone = false;
    const known = (size: PageSize) => !isGone && setUsual(size);
    pdf.getPage(1).then(
      (page) => known(sizeOf(page)),
      () => known(pageSize(Number.NaN, Number.NaN)),
    );
    return () => {
      isGone = true;
    };
  }, [pdf]);
  return usual === null ? <SheetSkeleton /> : <Pages pdf={pdf} usual={usual} />;
}

function Pages({ pdf, usual }: { pdf: PDFDocumentProxy; usual: PageSize }) {
  const count = Math.min(pdf.numPages, MOST_PAGES);
  const scroller = useRef<HTMLDivElement>(null);
  const room = useSize(scroller);
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const [zoom, setZoom] = useState<Zoom>({ kind: "auto", index: 0 });
  const [top, setTop] = useState(0);
  /** What stays where it is when pages get another size, and how far below the upper edge that is. */
  const held = useRef<{ anchor: Anchor; below: number; across: number }>({ anchor: { index: 0, share: 0 }, below: 0, across: 0.5 });

  const fitted = zoom.kind === "factor" ? usual : (sizes.get(zoom.index) ?? usual);
  const layout = useMemo(() => layoutOf(count, sizes, usual, factorOf(zoom, fitted, room)), [count, sizes, usual, zoom, fitted, room]);
  const index = currentPage(layout, top, room.heightPx);
  const drawn = room.heightPx === 0 ? [] : drawnPages(layout, top, room.heightPx);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const { anchor, below, across } = held.current;
    const isTop = anchor.index === 0 && anchor.share <= 0 && below === 0;
    element.scrollTo({ top: isTop ? 0 : heightOf(layout, anchor) - below, left: across * element.scrollWidth - element.clientWidth / 2 });
    setTop(element.scrollTop);
  }, [layout]);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    held.current = { anchor: anchorAt(layout, element.scrollTop), below: 0, across: (element.scrollLeft + element.clientWidth / 2) / element.scrollWidth };
    setTop(element.scrollTop);
  };
  const goTo = (y: number) => scroller.current?.scrollTo({ top: y });
  /** Zooms so that what is at a height of the room stays there. */
  const zoomTo = (next: Zoom, below = room.heightPx / 2) => {
    const isAtTop = top <= 0;
    held.current = { ...held.current, anchor: anchorAt(layout, isAtTop ? 0 : top + below), below: isAtTop ? 0 : below };
    setZoom(next);
  };
  const zoomBy = (direction: 1 | -1) => zoomTo({ kind: "factor", factor: stepped(layout.scale, direction) });

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = scroller.current?.getBoundingClientRect();
    const factor = layout.scale * Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) / 300);
    if (box !== undefined) zoomTo({ kind: "factor", factor }, event.clientY - box.top);
  });
  useEffect(() => {
    const element = scroller.current;
    const listener = (event: WheelEvent) => onWheel(event);
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, []);

  const first = drawn[0];
  useEffect(() => {
    if (first === undefined) return undefined;
    const timer = window.setTimeout(() => void pdf.cleanup().catch(() => undefined), REST_MS);
    return () => window.clearTimeout(timer);
  }, [pdf, first]);

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== event.currentTarget) return;
    const actions: Record<string, () => void> = {
      PageDown: () => goTo(pageStep(layout, event.currentTarget.scrollTop, room.heightPx, 1)),
      PageUp: () => goTo(pageStep(layout, event.currentTarget.scrollTop, room.heightPx, -1)),
      Home: () => goTo(0),
      End: () => goTo(layout.heightPx),
      "+": () => zoomBy(1),
      "=": () => zoomBy(1),
      "-": () => zoomBy(-1),
      "0": () => zoomTo({ kind: "width", index }),
      "1": () => zoomTo({ kind: "factor", factor: 1 }),
      "9": () => zoomTo({ kind: "page", index }),
    };
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (action === undefined) return;
    action();
    event.preventDefault();
  };
  const onSize = (at: number, size: PageSize) => {
    const known = layout.sizeOf(at);
    if (known.width !== size.width || known.height !== size.height) setSizes((now) => new Map(now).set(at, size));
  };

  return (
    <>
      {pdf.numPages > count && (
        <CutLine>
          Only the first {count.toLocaleString("en-GB")} of {pdf.numPages.toLocaleString("en-GB")} pages are shown.
        </CutLine>
      )}
      <div className="relative min-h-0 grow">
        <div ref={scroller} tabIndex={0} role="region" aria-label="Pages" onScroll={onScroll} onKeyDown={onKey} className="peer h-full overflow-auto overscroll-contain [scrollbar-gutter:stable] bg-sunken outline-none">
          <div className="relative" style={{ height: layout.heightPx, minWidth: layout.widthPx }}>
            {drawn.map((at) => (
              <PdfPage key={at} pdf={pdf} index={at} layout={layout} onSize={onSize} />
            ))}
          </div>
        </div>
        {/* The mark of the focus, which the pages would cover. */}
        <div className="pointer-events-none absolute inset-0 hidden outline-2 -outline-offset-2 outline-accent-ink peer-focus-visible:block" />
      </div>
      <PdfToolbar
        index={index}
        count={count}
        factor={layout.scale}
        kind={zoom.kind}
        onPage={(at) => goTo(topOf(layout, at, room.heightPx))}
        onStep={zoomBy}
        onTrueSize={() => zoomTo({ kind: "factor", factor: 1 })}
        onFit={(kind) => zoomTo({ kind, index })}
      />
    </>
  );
}
