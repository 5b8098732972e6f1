// What a typed answer of any query looks like as facts and tables; pure, and told by names and values alone.
import { formatBytes } from "../../lib/bytes";
import { formatPercent } from "../../lib/numbers";
import { formatExact, formatSpan } from "../../lib/time";

/** A list of records of the answer. */
export interface RecordList {
  /** Where it stands in the answer, `filesystems` or `system.cores`; empty for an answer that is itself a list. */
  path: string;
  columns: readonly string[];
  rows: readonly Readonly<Record<string, unknown>>[];
}

export interface AnswerShape {
  /** What is no list: the path, and the value. */
  facts: readonly (readonly [string, unknown])[];
  lists: readonly RecordList[];
}

/** Splits an answer: lists become tables, what stands in objects is named by its path, the rest are facts. */
export function shapeOf(answer: unknown): AnswerShape {
  const facts: [string, unknown][] = [];
  const lists: RecordList[] = [];
  const visit = (path: string, value: unknown) => {
    if (Array.isArray(value)) lists.push(listOf(path, value));
    else if (isRecord(value)) for (const [key, field] of Object.entries(value)) visit(path === "" ? key : `${path}.${key}`, field);
    else facts.push([path, value]);
  };
  visit("", answer);
  return { facts, lists };
}

/** Records as a list; a column for each field that any of them knows, in the order in which they first do. */
export function listOf(path: string, items: readonly unknown[]): RecordList {
  const rows = items.map((item) => (isRecord(item) ? item : { value: item }));
  const columns: string[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      // A column in which nothing is known says nothing.
      if (value !== null && !seen.has(key)) {
        seen.add(key);
        columns.push(key);
      }
    }
  }
  return { path, columns, rows };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const UNITS = /(?:Bytes|Percent|Seconds|At)$/u;

/** The heading of a field: `usedPercent` -> `Used`, `mountPoint` -> `Mount point`, `system.load` -> `System load`. */
export function heading(name: string): string {
  const bare = name.replace(UNITS, "");
  const words = (bare === "" ? name : bare).replaceAll(".", " ").replaceAll(/([a-z0-9])([A-Z])/gu, "$1 $2").toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/u;

export interface Cell {
  text: string;
  /** The value itself, where the text is a rounded or worded form of it. */
  exact: string | null;
  isNumber: boolean;
}

/** How a value is shown in the field of this name: sizes, shares and spans by the unit in its name, moments in the reader's zone. */
export function cellOf(name: string, value: unknown): Cell {
  if (value === null || value === undefined) return { text: "–", exact: null, isNumber: false };
  if (typeof value === "number") {
    const worded = name.endsWith("Bytes") ? formatBytes(value) : name.endsWith("Percent") ? formatPercent(value) : name.endsWith("Seconds") && value >= 60 ? formatSpan(value) : null;
    return { text: worded ?? String(value), exact: worded === null ? null : String(value), isNumber: true };
  }
  if (typeof value === "boolean") return { text: value ? "yes" : "no", exact: null, isNumber: false };
  if (typeof value === "string") return MOMENT.test(value) ? { text: formatExact(value), exact: value, isNumber: false } : { text: value, exact: null, isNumber: false };
  if (Array.isArray(value) && value.every((item) => typeof item === "string" || typeof item === "number")) return { text: value.join(", "), exact: null, isNumber: false };
  return { text: JSON.stringify(value), exact: null, isNumber: false };
}

/** The order of two values in a column: numbers by size, texts by letters and the numbers in them; what is not known comes last. */
export function compare(a: unknown, b: unknown): number {
  const isNone = (value: unknown) => value === null || value === undefined;
  if (isNone(a) || isNone(b)) return Number(isNone(a)) - Number(isNone(b));
  if (typeof a === "number" && typeof b === "number") return a - b;
  return BY_WORDS.compare(typeof a === "string" ? a : JSON.stringify(a), typeof b === "string" ? b : JSON.stringify(b));
}

const BY_WORDS = new Intl.Collator("en", { numeric: true });

/** What a spreadsheet may read as a formula, also behind blanks, at the start of a further line, or in the wide forms of East Asian keyboards. */
const FORMULA = /^(?=[\t\r]|[^\S\n\r\u2028\u2029]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gmu;

/** A list as comma-separated values (RFC 4180); what a spreadsheet would take for a formula is set off by an apostrophe. */
export function csvOf(list: RecordList): string {
  const field = (value: unknown) => {
    const text = value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
    const safe = typeof value === "string" ? text.replaceAll(FORMULA, "'$&") : text;
    return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [list.columns.map(field), ...list.rows.map((row) => list.columns.map((column) => field(row[column])))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}
