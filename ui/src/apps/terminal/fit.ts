// How many columns and rows fit into a box, from what one cell takes on the screen.
import type { Terminal } from "@xterm/xterm";

export interface GridSize {
  columns: number;
  rows: number;
}

/** The room that xterm's scrollbar lies over. */
export const SCROLLBAR_PX = 14;
const LEAST: GridSize = { columns: 2, rows: 1 };
const MOST: GridSize = { columns: 1000, rows: 500 };
/** A grid's box is rounded to whole pixels, so a cell is not known exactly. */
const SLACK = 0.02;

/** Null where the box is not shown, or the cell not known. */
export function gridIn(box: { width: number; height: number }, cell: { width: number; height: number }): GridSize | null {
  if (!(box.width > 0 && box.height > 0 && cell.width > 0 && cell.height > 0)) return null;
  const count = (room: number, size: number, least: number, most: number) => Math.max(least, Math.min(most, Math.floor(room / size + SLACK)));
  return {
    columns: count(box.width - SCROLLBAR_PX, cell.width, LEAST.columns, MOST.columns),
    rows: count(box.height, cell.height, LEAST.rows, MOST.rows),
  };
}

/** The grid that fills the element a terminal was opened in. */
export function fittingGrid(term: Terminal): GridSize | null {
  const screen = term.element?.querySelector<HTMLElement>(".xterm-screen") ?? null;
  const box = term.element?.parentElement ?? null;
  if (screen === null || box === null) return null;
  return gridIn(
    { width: box.clientWidth, height: box.clientHeight },
    { width: screen.offsetWidth / term.cols, height: screen.offsetHeight / term.rows },
  );
}
