// Holds the rows of a JSON tree, and that depth and size are bounded.
import { expect, test } from "vitest";
import { isContainer, jsonRows, MOST_DEPTH, parseJson } from "./jsonRows";

test("only what is unfolded has rows, in order", () => {
  const value = { a: [1, 2], b: { c: null } };
  expect(jsonRows(value, new Set()).rows).toHaveLength(1);
  const { rows } = jsonRows(value, new Set<object>([value, value.a]));
  expect(rows.map(({ key, depth, count }) => [key, depth, count])).toEqual([
    [null, 0, 2],
    ["a", 1, 2],
    ["0", 2, null],
    ["1", 2, null],
    ["b", 1, 1],
  ]);
});

test("any depth can be read, not all of it unfolded", () => {
  const parsed = parseJson(`${"[".repeat(5000)}${"]".repeat(5000)}`);
  const opened = new Set<object>();
  for (let value = parsed?.value; isContainer(value); value = Object.values(value)[0]) opened.add(value);
  expect(jsonRows(parsed?.value, opened).rows).toHaveLength(MOST_DEPTH + 1);
});

test("one value a line", () => {
  expect(parseJson('{"a":1}\n{"a":2}\n')).toEqual({ value: [{ a: 1 }, { a: 2 }], isLines: true });
  expect(parseJson("no json")).toBeNull();
  expect(parseJson('{"a":1}')).toEqual({ value: { a: 1 }, isLines: false });
});
