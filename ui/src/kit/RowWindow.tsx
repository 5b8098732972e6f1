// Any number of rows of one height, of which only those in sight are built: millions as well as ten.
import { useEffect, useRef, useState, type ReactNode } from "react";
import { clamp } from "../lib/numbers";
import { useSteppedScroll } from "./useSteppedScroll";

export interface RowWindowProps {
  label: string;
  rowCount: number;
  rowHeight: number;
  /** The row of this index; it must be `rowHeight` high. */
  renderRow: (index: number) => ReactNode;
  /** Stays above the rows, and scrolls sideways with them. */
  header?: ReactNode;
  headerHeight?: number;
  /** A new number of `request` brings the row into sight. */
  target?: { row: number; request: number };
  /** Told which row is the first in sight. */
  onTop?: (row: number) => void;
  className?: string;
}

/** Longer than this the scrollbar's thumb says nothing more, and browsers begin to fail. */
const MOST_PIXELS = 2_000_000;

export function RowWindow({ label, rowCount, rowHeight, renderRow, header, headerHeight = 0, target, onTop, className }: RowWindowProps) {
  const host = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [wanted, setWanted] = useState(0);
  const seen = useRef(0);
  const room = Math.max(0, height - headerHeight);
  const pageRows = Math.max(1, Math.floor(room / rowHeight));
  const last = Math.max(0, rowCount - pageRows);
  const top = clamp(wanted, 0, last);

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (target === undefined || seen.current === target.request) return;
    seen.current = target.request;
    setWanted((now) => (target.row >= now && target.row < now + pageRows ? now : target.row));
  }, [target, pageRows]);

  useEffect(() => onTop?.(top), [top, onTop]);

  useSteppedScroll(host, {
    fraction: last === 0 ? 0 : top / last,
    rowHeight,
    pageRows,
    onStep: (rows) => setWanted(clamp(top + rows, 0, last)),
    onJump: (fraction) => setWanted(Math.round(fraction * last)),
  });

  const shown = Math.min(rowCount - top, pageRows + 1);
  return (
    <div ref={host} tabIndex={0} role="region" aria-label={label} className={`h-full touch-pan-x overflow-auto overscroll-contain focus-visible:-outline-offset-2 ${className ?? ""}`}>
      <div className="min-w-max" style={{ height: Math.min(MOST_PIXELS, rowCount * rowHeight + headerHeight) }}>
        <div className="sticky top-0 overflow-y-clip" style={{ height: height === 0 ? undefined : Math.min(height, rowCount * rowHeight + headerHeight) }}>
          {header}
          {Array.from({ length: Math.max(0, shown) }, (_, index) => renderRow(top + index))}
        </div>
      </div>
    </div>
  );
}
