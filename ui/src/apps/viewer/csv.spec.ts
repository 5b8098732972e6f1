// Holds how CSV is read, and that nothing in it makes the reader grow without bound.
import { expect, test } from "vitest";
import { detectDelimiter, parseCsv } from "./csv";

const LIMITS = { rows: 100, columns: 10, cellChars: 100 };
const rowsOf = (text: string, delimiter = ",") => parseCsv(text, delimiter, LIMITS).rows;

test("cells, quotes, line ends", () => {
  expect(rowsOf("a,b\r\nc,d\n")).toEqual([["a", "b"], ["c", "d"]]);
  expect(rowsOf('"a ""x"", y","two\nlines"\n')).toEqual([['a "x", y', "two\nlines"]]);
  expect(rowsOf("a,,\n,b")).toEqual([["a", "", ""], ["", "b"]]);
  expect(rowsOf('"open,\nnever closed')).toEqual([["open,\nnever closed"]]);
  expect(rowsOf('"a"x,b')).toEqual([["ax", "b"]]);
  expect(rowsOf("")).toEqual([]);
  expect(rowsOf("\ufeffa\rb")).toEqual([["a"], ["b"]]);
});

test("the delimiter is found", () => {
  expect(detectDelimiter("a;b;c\n1,5;2,5;3\n")).toBe(";");
  expect(detectDelimiter("a\tb\n1\t2, 3\n")).toBe("\t");
  expect(detectDelimiter('"a,b",c\n"d,e",f\n')).toBe(",");
  expect(detectDelimiter("one\ntwo\n")).toBe(",");
});

test("sizes are bounded", () => {
  const wide = parseCsv(",".repeat(50), ",", LIMITS);
  expect(wide.columns).toBe(10);
  expect(wide.isCut).toBe(true);
  const long = parseCsv("x\n".repeat(500), ",", LIMITS);
  expect(long.rows).toHaveLength(100);
  expect(long.isCut).toBe(true);
  expect(parseCsv("y".repeat(1000), ",", LIMITS).rows[0]?.[0]).toHaveLength(100);
});
