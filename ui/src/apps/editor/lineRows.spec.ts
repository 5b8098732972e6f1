// Holds that rows cover a file without gaps, forwards and backwards, whatever is in it.
import { expect, test } from "vitest";
import { alignRow, rowsFrom, ROW_BYTES, stepBack, type ReadByte } from "./lineRows";

function reader(text: string): { read: ReadByte; size: number } {
  const bytes = new TextEncoder().encode(text);
  return { read: (offset) => bytes[offset] ?? 0, size: bytes.length };
}

const LONG = `${"ä".repeat(ROW_BYTES)}\n`;

test.each(["", "a", "a\n", "a\nb\r\n\nc", `x\n${LONG}y\n${LONG}`, `${"z".repeat(ROW_BYTES)}\nq`])("rows follow each other to the end: %#", (text) => {
  const { read, size } = reader(text);
  const { rows, isMissing } = rowsFrom(read, 0, size, 1000);
  expect(isMissing).toBe(false);
  expect(rows.at(-1)?.next ?? 0).toBe(size);
  let before = 0;
  for (const row of rows) {
    expect(row.from).toBe(before);
    before = row.next;
  }
  // And the same ones backwards.
  const starts = rows.map(({ from }) => from);
  let at = size;
  for (const start of starts.toReversed()) {
    at = stepBack(read, at, size, 1) ?? -1;
    expect(at).toBe(start);
  }
  for (const row of rows) if (row.to > row.from) expect(alignRow(read, row.from, size)).toBe(row.from);
});

test("what is not here is said", () => {
  expect(rowsFrom(() => null, 5, 10, 3)).toEqual({ rows: [], isMissing: true });
  expect(stepBack(() => null, 5, 10, 1)).toBeNull();
});

test("a line of any length can be gone through backwards", () => {
  const { read, size } = reader("y".repeat(300_000));
  let at = size;
  for (let step = 0; step < 50; step += 1) {
    const before = stepBack(read, at, size, 1) ?? -1;
    expect(before).toBe(at - ROW_BYTES);
    at = before;
  }
  expect(alignRow(read, at, size)).toBe(at);
});
