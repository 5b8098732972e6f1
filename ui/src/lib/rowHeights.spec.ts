// Holds where rows begin, and which one is at a height.
import { expect, it } from "vitest";
import { rowAt, stacked, topOfRow } from "./rowHeights";

it("finds rows that are all alike", () => {
  expect(topOfRow(28, 3)).toBe(84);
  expect([-5, 0, 27, 28].map((y) => rowAt(28, y))).toEqual([0, 0, 0, 1]);
});

it("finds rows of different heights", () => {
  const rows = stacked([28, 68, 28]);
  expect(rows).toEqual([0, 28, 96, 124]);
  expect([-5, 0, 28, 95, 96, 123, 124, 900].map((y) => rowAt(rows, y))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  expect([0, 2, 3, 9].map((row) => topOfRow(rows, row))).toEqual([0, 96, 124, 124]);
  expect(rowAt(stacked([]), 10)).toBe(0);
});
