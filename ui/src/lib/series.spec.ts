// Holds that a gap in time is a gap in the line, and that nothing is drawn outside its frame.
import { expect, it } from "vitest";
import { nearest, paths, position, roundMax, segments } from "./series";

const at = (atMs: number, value = 1) => ({ atMs, value });

it("breaks the line where samples are missing", () => {
  expect(segments([at(0), at(2), at(4), at(20), at(22)], 6).map((part) => part.length)).toEqual([3, 2]);
  expect(segments([], 6)).toEqual([]);
});

it("rounds the top of the axis", () => {
  expect(roundMax(0, 1)).toBe(1);
  expect(roundMax(3.2, 1)).toBe(5);
  expect(roundMax(71, 1)).toBe(100);
  expect(roundMax(1500, 1024, 1024)).toBe(2048);
  expect(roundMax(600 * 1024, 1024, 1024)).toBe(1024 * 1024);
  expect(roundMax(Number.NaN, 4)).toBe(4);
});

it("keeps values inside the frame", () => {
  const frame = { fromMs: 0, toMs: 10, max: 4 };
  expect(position(at(5, 2), frame)).toEqual({ x: 50, y: 50 });
  expect(position(at(10, 9), frame)).toEqual({ x: 100, y: 0 });
  expect(position(at(0, -9), frame)).toEqual({ x: 0, y: 100 });
});

it("draws a line, its area, and a dash for a lone point", () => {
  const frame = { fromMs: 0, toMs: 10, max: 4 };
  expect(paths([at(0, 0), at(10, 4)], frame)).toEqual({ line: "M0.00 100.00L100.00 0.00", area: "M0.00 100.00L100.00 0.00L100.00 100L0.00 100Z" });
  expect(paths([at(5, 4)], frame).line).toBe("M50.00 0.00L50.60 0.00");
  expect(paths([], frame).line).toBe("");
});

it("finds the sample under the pointer, if one is near", () => {
  const points = [at(0), at(10), at(20)];
  expect(nearest(points, 12, 5)).toBe(points[1]);
  expect(nearest(points, 40, 5)).toBeNull();
});
