// Holds which items a box touches, and when to scroll.
import { expect, it } from "vitest";
import { geometryOf, placesIn, scrollFor } from "./geometry";

it("finds the items in a box", () => {
  const details = geometryOf("details", 800, false);
  expect(placesIn({ left: 5, top: 30, right: 20, bottom: 60 }, details, 800, 10)).toEqual([0, 1]);
  expect(placesIn({ left: 5, top: 290, right: 20, bottom: 900 }, details, 800, 10)).toEqual([9]);
  expect(placesIn({ left: 5, top: 400, right: 20, bottom: 900 }, details, 800, 10)).toEqual([]);
  const grid = geometryOf("grid", 464, false);
  expect(grid.columns).toBe(4);
  expect(placesIn({ left: 10, top: 20, right: 150, bottom: 120 }, grid, 464, 6)).toEqual([0, 1, 4, 5]);
});

it("scrolls only to what is out of view", () => {
  const details = geometryOf("details", 800, false);
  expect(scrollFor(0, details, 0, 300)).toBeNull();
  expect(scrollFor(2, details, 200, 300)).toBe(56);
  expect(scrollFor(20, details, 0, 300)).toBe(30 + 21 * 28 - 300);
});

it("knows rows that are higher than others", () => {
  const details = { ...geometryOf("details", 800, false), rows: [0, 100, 128, 600] };
  expect(placesIn({ left: 5, top: 120, right: 20, bottom: 140 }, details, 800, 3)).toEqual([0, 1]);
  expect(placesIn({ left: 5, top: 900, right: 20, bottom: 950 }, details, 800, 3)).toEqual([]);
  expect(scrollFor(1, details, 0, 130)).toBe(28);
  expect(scrollFor(2, details, 0, 300)).toBe(128);
});
