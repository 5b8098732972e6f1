// Where items lie in each view, in pixels, so that rows can be built, hit and scrolled to without asking the page.
import { clamp } from "../../lib/numbers";
import { rowAt, topOfRow, type RowHeights } from "../../lib/rowHeights";
import type { View } from "./settings";

export interface Geometry {
  columns: number;
  /** The height of a row, or where each begins where some are higher. */
  rows: RowHeights;
  /** What lies above the first row. */
  topPx: number;
  /** Free space at both sides. */
  sidePx: number;
}

const DETAILS_ROW_PX = 28;
const TOUCH_ROW_PX = 44;
const HEADER_PX = 30;
const CELLS: Record<Exclude<View, "details">, { widthPx: number; heightPx: number }> = {
  list: { widthPx: 232, heightPx: 28 },
  grid: { widthPx: 112, heightPx: 100 },
  icons: { widthPx: 156, heightPx: 150 },
};

export function geometryOf(view: View, widthPx: number, isPhone: boolean): Geometry {
  if (isPhone) return { columns: 1, rows: TOUCH_ROW_PX, topPx: 0, sidePx: 0 };
  if (view === "details") return { columns: 1, rows: DETAILS_ROW_PX, topPx: HEADER_PX, sidePx: 0 };
  const { widthPx: cellPx, heightPx } = CELLS[view];
  const sidePx = 8;
  return { columns: Math.max(1, Math.floor((widthPx - 2 * sidePx) / cellPx)), rows: heightPx, topPx: 8, sidePx };
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The items a box touches, by their places; the box is in the coordinates of what scrolls. */
export function placesIn(box: Box, geometry: Geometry, widthPx: number, count: number): number[] {
  const { columns, rows, topPx, sidePx } = geometry;
  if (box.bottom < topPx) return [];
  const cellPx = (widthPx - 2 * sidePx) / columns;
  const lastRow = Math.ceil(count / columns) - 1;
  const fromRow = rowAt(rows, box.top - topPx);
  const toRow = Math.min(lastRow, rowAt(rows, box.bottom - topPx));
  const fromColumn = clamp(Math.floor((box.left - sidePx) / cellPx), 0, columns - 1);
  const toColumn = clamp(Math.floor((box.right - sidePx) / cellPx), 0, columns - 1);
  const places: number[] = [];
  for (let row = fromRow; row <= toRow; row += 1) {
    for (let column = fromColumn; column <= toColumn; column += 1) {
      const place = row * columns + column;
      if (place < count) places.push(place);
    }
  }
  return places;
}

/** Where to scroll so that a row is in view; null when it is. */
export function scrollFor(row: number, geometry: Geometry, scrollTop: number, heightPx: number): number | null {
  const { rows, topPx } = geometry;
  const top = topPx + topOfRow(rows, row);
  const bottom = topPx + topOfRow(rows, row + 1);
  // A header that stays covers what scrolls below it.
  if (top - topPx < scrollTop) return Math.max(0, top - topPx);
  // Of a row that is higher than the view the beginning is what is looked for.
  if (bottom > scrollTop + heightPx) return Math.min(bottom - heightPx, top - topPx);
  return null;
}
