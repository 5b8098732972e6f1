// The size of the grid is what the shell is told, so it must never be more than what is seen.
import { expect, it } from "vitest";
import { gridIn } from "./fit";

it("counts whole cells beside the scrollbar", () => {
  expect(gridIn({ width: 814, height: 480 }, { width: 8, height: 16 })).toEqual({ columns: 100, rows: 30 });
  expect(gridIn({ width: 813, height: 479 }, { width: 8, height: 16 })).toEqual({ columns: 99, rows: 29 });
});

it("stays within what a terminal can be", () => {
  expect(gridIn({ width: 10, height: 3 }, { width: 8, height: 16 })).toEqual({ columns: 2, rows: 1 });
  expect(gridIn({ width: 1e6, height: 1e6 }, { width: 1, height: 1 })).toEqual({ columns: 1000, rows: 500 });
});

it("knows nothing of what is not shown", () => {
  expect(gridIn({ width: 0, height: 0 }, { width: 8, height: 16 })).toBeNull();
  expect(gridIn({ width: 100, height: 100 }, { width: Number.NaN, height: 16 })).toBeNull();
});
