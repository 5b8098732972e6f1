// The columns of the list, for its header and its rows alike.
export const TRACKS = "grid grid-cols-[minmax(180px,1fr)_minmax(150px,220px)_116px_112px] @max-medium:grid-cols-[minmax(150px,1fr)_minmax(110px,170px)_112px]";

/** How far a row is moved in for each folder around it, in steps of the grid. */
export const INDENT = ["pl-0", "pl-5", "pl-10", "pl-15", "pl-20", "pl-25", "pl-30", "pl-35", "pl-40"] as const;

export function indentOf(depth: number): string {
  return INDENT[Math.min(depth, INDENT.length - 1)] ?? "pl-0";
}
