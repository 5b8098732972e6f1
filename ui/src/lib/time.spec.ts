// Holds the words for spans and moments, in one fixed zone so that the machine's own does not matter.
import { expect, it } from "vitest";
import { formatAgo, formatClock, formatExact, formatMilliseconds, formatSpan } from "./time";

it.each([
  [0, "0 s"],
  [59.9, "59 s"],
  [60, "1 min"],
  [3600, "1 h"],
  [3660, "1 h 1 min"],
  [86_400, "1 d"],
  [93_784, "1 d 2 h"],
  [null, "–"],
  [-1, "–"],
])("a span of %s seconds", (seconds, text) => expect(formatSpan(seconds)).toBe(text));

it("says how long a command took", () => {
  expect(formatMilliseconds(0)).toBe("0 ms");
  expect(formatMilliseconds(0.42)).toBe("0.4 ms");
  expect(formatMilliseconds(412.2)).toBe("412 ms");
  expect(formatMilliseconds(2300)).toBe("2.3 s");
});

it("says how long ago, and takes a clock that runs ahead as now", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  expect(formatAgo("2026-11-22T11:59:58Z", now)).toBe("just now");
  expect(formatAgo("2026-11-22T11:58:00Z", now)).toBe("2 min ago");
  expect(formatAgo("2026-11-22T12:05:00Z", now)).toBe("just now");
  expect(formatAgo("yesterday", now)).toBe("–");
});

it("writes moments in both clocks", () => {
  expect(formatClock("2026-11-22T14:03:22Z", true, "UTC")).toBe("14:03:22");
  expect(formatClock("2026-11-22T14:03:22Z", false, "UTC")).toBe("2:03:22 pm");
  expect(formatClock("nonsense", true)).toBe("–");
  expect(formatExact("2026-11-22T14:03:22Z", "UTC")).toBe("22 Nov 2026, 14:03:22 UTC");
  expect(formatExact("nonsense")).toBe("nonsense");
});
