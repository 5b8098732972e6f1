// How high the rows of a list are: all alike, or each its own by where it begins.

/** The height of every row; or where each begins, and at last where the last one ends. */
export type RowHeights = number | readonly number[];

/** Where a row begins; for the one after the last, where all ends. */
export function topOfRow(rows: RowHeights, row: number): number {
  return typeof rows === "number" ? row * rows : (rows[Math.min(row, rows.length - 1)] ?? 0);
}

/** The row at a height; above all it is the first, below all the one after the last. */
export function rowAt(rows: RowHeights, y: number): number {
  if (typeof rows === "number") return Math.max(0, Math.floor(y / rows));
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((rows[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where rows of these heights begin, one below the other. */
export function stacked(heights: readonly number[]): readonly number[] {
  const tops = [0];
  let top = 0;
  for (const height of heights) {
    top += height;
    tops.push(top);
  }
  return tops;
}
