// Reads what the browser kept for the page, which anything may have written: shapes are checked, never trusted.

const LONGEST_ID = 128;

/** The value of a JSON text; null where it is none. */
export function parseStored(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that may be an id, and the key of a record. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= LONGEST_ID && value !== "__proto__";
}
