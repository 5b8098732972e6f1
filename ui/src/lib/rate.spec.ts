// Holds that a speed follows the last seconds.
import { expect, it } from "vitest";
import { Rate } from "./rate";

it("follows growth and stops with it", () => {
  const rate = new Rate();
  expect(rate.at(0, 0)).toBe(0);
  expect(rate.at(1000, 1000)).toBe(1000);
  expect(rate.at(1000, 3000)).toBeCloseTo(333.3, 0);
  for (let at = 4000; at <= 10_000; at += 1000) rate.at(1000, at);
  expect(rate.at(1000, 11_000)).toBe(0);
});

it("starts anew when the count is taken back", () => {
  const rate = new Rate();
  rate.at(5000, 0);
  rate.at(0, 1000);
  expect(rate.at(100, 2000)).toBe(100);
});
