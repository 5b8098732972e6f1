// Widths of characters for xterm, from the same tables as the program's own emulator, so that both put every character into the same cell.
import type { IUnicodeVersionProvider } from "@xterm/xterm";
import { WIDE, ZERO } from "./widths";

/** Cells of a code point; controls count none. */
export function widthOf(codePoint: number): 0 | 1 | 2 {
  if (codePoint < 0x20) return 0;
  if (codePoint < 0x7f) return 1;
  if (codePoint < 0xa0) return 0;
  if (isIn(ZERO, codePoint)) return 0;
  return isIn(WIDE, codePoint) ? 2 : 1;
}

export const programWidths: IUnicodeVersionProvider = {
  version: "program",
  wcwidth: widthOf,
  charProperties: (codePoint, preceding) => {
    const width = widthOf(codePoint);
    const precedingWidth = (preceding >> 1) & 3;
    // A mark joins the cell before it, and that cell stays as wide as it is.
    const joins = width === 0 && precedingWidth > 0;
    return ((joins ? precedingWidth : width) << 1) | (joins ? 1 : 0);
  },
};

/** Whether one of the ranges holds the value. */
function isIn(ranges: readonly number[], value: number): boolean {
  let low = 0;
  let high = ranges.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (value < (ranges[middle * 2] ?? 0)) high = middle - 1;
    else if (value > (ranges[middle * 2 + 1] ?? 0)) low = middle + 1;
    else return true;
  }
  return false;
}
