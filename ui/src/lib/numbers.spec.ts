// Holds what an unknown number looks like and where percentages round.
import { expect, it } from "vitest";
import { clamp, formatPercent, percentOf, plural } from "./numbers";

it("rounds a percentage so that it stays readable", () => {
  expect(formatPercent(null)).toBe("–");
  expect(formatPercent(0)).toBe("0 %");
  expect(formatPercent(0.04)).toBe("0.0 %");
  expect(formatPercent(9.94)).toBe("9.9 %");
  expect(formatPercent(9.96)).toBe("10 %");
  expect(formatPercent(100)).toBe("100 %");
  expect(formatPercent(-3)).toBe("0 %");
});

it("has no share of nothing", () => {
  expect(percentOf(1, 4)).toBe(25);
  expect(percentOf(0, 0)).toBeNull();
});

it("clamps, the low end winning", () => {
  expect(clamp(5, 0, 3)).toBe(3);
  expect(clamp(-5, 0, 3)).toBe(0);
  expect(clamp(5, 4, 2)).toBe(4);
});

it("counts in words", () => {
  expect(plural(1, "core")).toBe("1 core");
  expect(plural(0, "process", "processes")).toBe("0 processes");
});
