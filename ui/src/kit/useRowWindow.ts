// Which rows of a long list are worth building: those in view and some more on both sides; it changes only every few rows, so that scrolling costs little.
import { useLayoutEffect, useState, type RefObject } from "react";
import { rowAt, type RowHeights } from "../lib/rowHeights";

const STEP_ROWS = 8;

export interface RowWindow {
  /** The first row to build, and the one after the last. */
  from: number;
  to: number;
}

export function useRowWindow(scroller: RefObject<HTMLElement | null>, rows: RowHeights, topPx: number): RowWindow {
  const [shown, setShown] = useState<RowWindow>({ from: 0, to: STEP_ROWS * 8 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = () => {
      const topOfView = Math.max(0, element.scrollTop - topPx);
      const first = rowAt(rows, topOfView);
      const inView = rowAt(rows, topOfView + element.clientHeight) - first + 1;
      const from = Math.max(0, Math.floor(first / STEP_ROWS) * STEP_ROWS - STEP_ROWS);
      const to = from + Math.ceil(inView / STEP_ROWS + 3) * STEP_ROWS;
      setShown((now) => (now.from === from && now.to === to ? now : { from, to }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, rows, topPx]);
  return shown;
}
