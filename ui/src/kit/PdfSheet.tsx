// One page of a PDF, as a picture and, where it is wanted, with text that can be selected. It takes no input but that: no links, no forms, no scripts.
import { TextLayer, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { canvasSize } from "../lib/canvasSize";
import { limitedText } from "./pdfText";
import "./pdfSheet.css";

/** While somebody still zooms, the picture that is there is stretched. */
const WAIT_MS = 120;

export interface PdfSheetProps {
  page: PDFPageProxy;
  /** Pixels of the screen per unit of the page. */
  scale: number;
  hasText: boolean;
}

export function PdfSheet({ page, scale, hasText }: PdfSheetProps) {
  const holder = useRef<HTMLDivElement>(null);
  const [hasFailed, setHasFailed] = useState(false);

  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    let stop = () => undefined as void;
    const draw = () => {
      const canvas = document.createElement("canvas");
      const whole = page.getViewport({ scale });
      const { width, height, ratio } = canvasSize(whole.width, whole.height, window.devicePixelRatio);
      Object.assign(canvas, { width, height, className: "absolute inset-0 size-full" });
      canvas.setAttribute("aria-hidden", "true");
      const task = page.render({ canvas, viewport: page.getViewport({ scale: scale * ratio }) });
      stop = () => task.cancel();
      task.promise.then(
        () => {
          stop = () => undefined;
          empty(element);
          element.append(canvas);
          setHasFailed(false);
        },
        (thrown: unknown) => {
          canvas.width = 0;
          if (!(thrown instanceof Error && thrown.name === "RenderingCancelledException")) setHasFailed(true);
        },
      );
    };
    const timer = window.setTimeout(draw, element.childElementCount === 0 ? 0 : WAIT_MS);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [page, scale]);

  // Its memory is given back at once, and not when the browser comes around to it.
  useEffect(() => {
    const element = holder.current;
    return () => {
      if (element !== null) empty(element);
      page.cleanup();
    };
  }, [page]);

  return (
    <div className="absolute inset-0 overflow-hidden bg-paper">
      <div ref={holder} className="absolute inset-0" />
      {hasText && <PdfText page={page} scale={scale} />}
      {hasFailed && <p className="absolute inset-x-0 top-0 bg-bad-ground p-3 text-center text-small text-bad">This page cannot be drawn.</p>}
    </div>
  );
}

function PdfText({ page, scale }: { page: PDFPageProxy; scale: number }) {
  const layer = useRef<HTMLDivElement>(null);
  const [isSelecting, setIsSelecting] = useState(false);

  // All that lies in it follows the scale by this.
  useLayoutEffect(() => layer.current?.style.setProperty("--total-scale-factor", String(scale)), [scale]);

  useEffect(() => {
    const element = layer.current;
    if (element === null) return undefined;
    const text = new TextLayer({ textContentSource: limitedText(page.streamTextContent()), container: element, viewport: page.getViewport({ scale: 1 }) });
    text.render().then(
      () => {
        const end = document.createElement("div");
        end.className = "pdf-text-end";
        element.append(end);
      },
      // A page whose text cannot be read still has its picture.
      () => undefined,
    );
    return () => {
      text.cancel();
      element.replaceChildren();
    };
  }, [page]);

  useEffect(() => {
    if (!isSelecting) return undefined;
    const end = () => setIsSelecting(false);
    const events = ["pointerup", "pointercancel", "blur"];
    for (const name of events) window.addEventListener(name, end);
    return () => {
      for (const name of events) window.removeEventListener(name, end);
    };
  }, [isSelecting]);

  return <div ref={layer} data-pdf-text className={`pdf-text ${isSelecting ? "is-selecting" : ""}`} onPointerDown={() => setIsSelecting(true)} />;
}

function empty(element: HTMLElement): void {
  for (const canvas of element.querySelectorAll("canvas")) {
    canvas.width = 0;
    canvas.height = 0;
  }
  element.replaceChildren();
}
