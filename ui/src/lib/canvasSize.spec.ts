// Holds that a canvas is as sharp as the screen, and bounded whatever is asked.
import { expect, test } from "vitest";
import { canvasSize, LONGEST_SIDE, MOST_PIXELS } from "./canvasSize";

test("as sharp as the screen, up to twice", () => {
  expect(canvasSize(800, 1131, 1)).toEqual({ width: 800, height: 1131, ratio: 1 });
  expect(canvasSize(800, 1131, 2)).toEqual({ width: 1600, height: 2262, ratio: 2 });
  expect(canvasSize(800, 1131, 4).ratio).toBe(2);
  expect(canvasSize(800, 1131, Number.NaN).ratio).toBe(1);
  expect(canvasSize(800, 1131, 0).ratio).toBe(1);
});

test("never more pixels than there may be, and never none", () => {
  for (const [width, height] of [[8000, 8000], [1, 1e9], [1e9, 1], [1e9, 1e9], [0, 0], [0.2, 0.2]] as const) {
    const size = canvasSize(width, height, 3);
    expect(size.width * size.height).toBeLessThanOrEqual(MOST_PIXELS);
    expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(LONGEST_SIDE);
    expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
  }
});
