// Holds that zooming keeps the point under the pointer, and that an image stays in sight.
import { expect, test } from "vitest";
import { fitScale, movedBy, START, zoomedAt } from "./zoom";

const SIZES = { room: { width: 400, height: 300 }, image: { width: 4000, height: 3000 } };

test("fits, and never enlarges to fit", () => {
  expect(fitScale({ ...SIZES, room: { width: 416, height: 416 } })).toBeCloseTo(0.1);
  expect(fitScale({ ...SIZES, image: { width: 10, height: 10 } })).toBe(1);
});

test("the point under the pointer stays", () => {
  const at = { x: 300, y: 100 };
  const before = { scale: 0.5, x: 10, y: -20 };
  const after = zoomedAt(before, 1, at, SIZES);
  const pointOf = ({ scale, x, y }: typeof before) => [(at.x - 200 - x) / scale, (at.y - 150 - y) / scale];
  expect(pointOf(after)).toEqual(pointOf(before));
});

test("it cannot be moved out of sight", () => {
  expect(movedBy(START, { x: 99_999, y: 0 }, SIZES)).toEqual({ scale: 1, x: 1800, y: 0 });
  const small = { ...SIZES, image: { width: 10, height: 10 } };
  expect(movedBy(START, { x: 50, y: 50 }, small)).toEqual(START);
});
