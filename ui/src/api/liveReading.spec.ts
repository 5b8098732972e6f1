// Holds what a value, a repeat, and a loss each do to what the page knows.
import { expect, it } from "vitest";
import { NOTHING_YET, withCheck, withError, withReading, type LiveReading } from "./liveReading";
import type { ErrorBody, Reading } from "./types";

function reading(value: number, takenAt: string): Reading<number> {
  return {
    server: "web1",
    query: "q",
    args: {},
    outcome: { status: "ok", value, unread: [] },
    model: null, variant: null,
    origin: null,
    takenAt,
    durationMs: 1,
    raw: null,
  };
}
const lost: ErrorBody = { code: "lost", message: "gone", hint: null, server: "web1", command: null, requestId: "r" };
const empty: LiveReading<number> = NOTHING_YET;

it("keeps one sample for each moment, the repeated ones too", () => {
  let live = withReading(empty, reading(1, "2026-11-22T12:00:00Z"), 10, true);
  live = withCheck(live, "2026-11-22T12:00:02Z", 20, true);
  live = withCheck(live, "2026-11-22T12:00:02Z", 30, true);
  expect(live.samples.map((sample) => sample.value)).toEqual([1, 1]);
  expect(live.trueAt).toBe("2026-11-22T12:00:02Z");
  expect(live.heardAtMs).toBe(30);
});

it("forgets samples older than five minutes, and keeps none for slow questions", () => {
  const old = withReading(empty, reading(1, "2026-11-22T12:00:00Z"), 0, true);
  const now = withReading(old, reading(2, "2026-11-22T12:06:00Z"), 0, true);
  expect(now.samples.map((sample) => sample.value)).toEqual([2]);
  expect(withReading(empty, reading(1, "2026-11-22T12:00:00Z"), 0, false).samples).toEqual([]);
});

it("keeps the value through a loss, and is whole again after", () => {
  const before = withReading(empty, reading(1, "2026-11-22T12:00:00Z"), 0, true);
  const after = withError(before, lost);
  expect(after.reading).toBe(before.reading);
  expect(after.error).toBe(lost);
  expect(withCheck(after, "2026-11-22T12:00:09Z", 9, true).error).toBeNull();
});
