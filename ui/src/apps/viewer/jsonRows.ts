// A JSON value as rows of a tree: only what is unfolded, built without recursion, so that no depth can harm.

export interface JsonRow {
  id: string;
  depth: number;
  /** The key in an object, the index in an array; null at the top. */
  key: string | null;
  value: unknown;
  /** How much is inside; null for what holds nothing. */
  count: number | null;
  isOpen: boolean;
}

export const MOST_ROWS = 200_000;
/** Deeper than this nothing is unfolded. */
export const MOST_DEPTH = 200;

/** A number whose digits a JavaScript number cannot hold. */
export class ExactNumber {
  constructor(readonly digits: string) {}
}

/** The value of a JSON text, or one value for each line; null where it is neither. */
export function parseJson(text: string): { value: unknown; isLines: boolean } | null {
  try {
    return { value: parseExact(text), isLines: false };
  } catch {
    // Perhaps one value a line.
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2) return null;
  try {
    return { value: lines.map((line) => parseExact(line)), isLines: true };
  } catch {
    return null;
  }
}

/** `opened` holds the objects and arrays that are unfolded. */
export function jsonRows(root: unknown, opened: ReadonlySet<object>): { rows: JsonRow[]; isCut: boolean } {
  const rows: JsonRow[] = [];
  const waiting: { key: string | null; value: unknown; depth: number; id: string }[] = [{ key: null, value: root, depth: 0, id: "$" }];
  for (;;) {
    const next = waiting.pop();
    if (next === undefined) return { rows, isCut: false };
    if (rows.length >= MOST_ROWS) return { rows, isCut: true };
    const isOpen = isContainer(next.value) && opened.has(next.value) && next.depth < MOST_DEPTH;
    rows.push({ ...next, count: isContainer(next.value) ? sizeOf(next.value) : null, isOpen });
    if (!isOpen || !isContainer(next.value)) continue;
    const inside = Object.entries(next.value).slice(0, MOST_ROWS);
    // The last one first, as it is taken from the end.
    for (let at = inside.length - 1; at >= 0; at -= 1) {
      const [key, value] = inside[at] ?? ["", null];
      waiting.push({ key, value, depth: next.depth + 1, id: `${next.id}/${at}` });
    }
  }
}

export function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof ExactNumber);
}

/** A value that holds nothing, as it is written. */
export function scalarText(value: unknown): string {
  if (value instanceof ExactNumber) return value.digits;
  return JSON.stringify(value) ?? "null";
}

function sizeOf(value: object): number {
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

/** Keeps the digits of large numbers where the browser gives the source text. */
function parseExact(text: string): unknown {
  try {
    return JSON.parse(text, exact) as unknown;
  } catch (thrown) {
    if (thrown instanceof RangeError) return JSON.parse(text) as unknown;
    throw thrown;
  }
}

function exact(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value)) ? value : new ExactNumber(context.source);
}
