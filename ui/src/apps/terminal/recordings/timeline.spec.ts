// Holds when the events of a recording are shown.
import { expect, it } from "vitest";
import { countAt, formatTimecode, movedTo, timesOf } from "./timeline";

const events = [0, 500, 10_500, 11_000].map((atMs) => ({ kind: "output" as const, atMs, text: "" }));
const real = timesOf(events, null);
const short = timesOf(events, 2000);

it("shortens pauses", () => {
  expect([...real]).toEqual([0, 500, 10_500, 11_000]);
  expect([...short]).toEqual([0, 500, 2500, 3000]);
  expect([...timesOf([], 2000)]).toEqual([]);
});

it("counts what has been shown", () => {
  expect([-1, 0, 499, 500, 2499, 2500, 9999].map((atMs) => countAt(short, atMs))).toEqual([0, 1, 1, 2, 2, 3, 4]);
});

it("keeps the moment when the pauses change", () => {
  expect(movedTo(real, short, 700)).toBe(700);
  expect(movedTo(real, short, 9000)).toBe(2500);
  expect(movedTo(real, short, 10_700)).toBe(2700);
  expect(movedTo(short, real, 2600)).toBe(10_600);
  expect(movedTo(real, short, 11_000)).toBe(3000);
});

it.each([
  [0, "0:00"],
  [999, "0:00"],
  [83_000, "1:23"],
  [3_723_000, "1:02:03"],
])("writes %d ms as %s", (ms, text) => expect(formatTimecode(ms)).toBe(text));
