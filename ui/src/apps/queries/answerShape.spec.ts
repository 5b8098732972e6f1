// Answers of every shape, as facts, tables and comma-separated values.
import { expect, test } from "vitest";
import { cellOf, compare, csvOf, heading, shapeOf } from "./answerShape";

test("an answer is split into facts and lists", () => {
  const shape = shapeOf({ total: 3, cpu: { model: "x", cores: [{ id: 0, none: null }, { id: 1, mhz: 5 }] }, names: ["a", "b"] });
  expect(shape.facts).toEqual([
    ["total", 3],
    ["cpu.model", "x"],
  ]);
  expect(shape.lists).toEqual([
    { path: "cpu.cores", columns: ["id", "mhz"], rows: [{ id: 0, none: null }, { id: 1, mhz: 5 }] },
    { path: "names", columns: ["value"], rows: [{ value: "a" }, { value: "b" }] },
  ]);
  expect(shapeOf([]).lists).toEqual([{ path: "", columns: [], rows: [] }]);
});

test("a heading is words without the unit", () => {
  expect(["usedPercent", "mountPoint", "sizeBytes", "startedAt", "cpu.model", "at", "uid"].map(heading)).toEqual(["Used", "Mount point", "Size", "Started", "Cpu model", "At", "Uid"]);
});

test("a cell has its unit by its name", () => {
  expect(cellOf("sizeBytes", 2048)).toEqual({ text: "2.00 KiB", exact: "2048", isNumber: true });
  expect(cellOf("usedPercent", 12.34).text).toBe("12 %");
  expect(cellOf("uptimeSeconds", 3600).text).toBe("1 h");
  expect(cellOf("count", 3)).toEqual({ text: "3", exact: null, isNumber: true });
  expect(cellOf("name", null).text).toBe("–");
  expect(cellOf("isUp", true).text).toBe("yes");
  expect(cellOf("tags", ["a", 1]).text).toBe("a, 1");
  expect(cellOf("ports", [{ p: 1 }]).text).toBe('[{"p":1}]');
  expect(cellOf("takenAt", "2026-11-22T14:03:22Z").exact).toBe("2026-11-22T14:03:22Z");
});

test("what is not known comes last", () => {
  expect(["b", null, "a10", "a9"].toSorted(compare)).toEqual(["a9", "a10", "b", null]);
  expect([3, null, 1].toSorted(compare)).toEqual([1, 3, null]);
});

test("a spreadsheet takes no cell for a formula", () => {
  const list = { path: "", columns: ["a", "b"], rows: [{ a: '=1+1"', b: null }, { a: -5, b: "x,y" }] };
  expect(csvOf(list)).toBe('a,b\r\n"\'=1+1""",\r\n-5,"x,y"\r\n');
});

test("nor what stands behind blanks, on a further line, or in wide signs", () => {
  const csv = (value: string) => csvOf({ path: "", columns: ["a"], rows: [{ a: value }] }).slice(3).trimEnd();
  expect(["=1", "+1", "-1", "@x", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", " =1", "\u00a0\ufeff=1"].map(csv)).toEqual(["'=1", "'+1", "'-1", "'@x", "'\uff1d1", "'\uff0b1", "'\uff0d1", "'\uff20x", "' =1", "'\u00a0\ufeff=1"]);
  expect(csv("a\n=1\n b")).toBe('"a\n\'=1\n b"');
  expect(csv("a\r\n  @1\r+1")).toBe('"a\r\n\'  @1\r\'+1"');
  expect(csv("\n\n-1")).toBe('"\n\n\'-1"');
  expect(["a=1", "a b", "1-2", "a\tb"].map(csv)).toEqual(["a=1", "a b", "1-2", "a\tb"]);
});
