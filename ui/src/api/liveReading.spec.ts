// Holds what a value, a repeat, and a loss each do to what the page knows.
import { expect, it } from "vitest";
import { NOTHING_YET, withCheck, withError, withReading, type LiveReading } from "./liveReading";
import type { AnswerOf, ErrorBody, QueryId, Reading } from "./types";

type Load = AnswerOf<"system.load">;

const load = (one: number): Load => ({ one, five: 0, fifteen: 0, runnable: null, processes: null, uptimeSeconds: null });

function reading<T>(query: QueryId, value: T, takenAt: string): Reading<T> {
  return {
    server: "web1",
    query,
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
const empty: LiveReading<Load> = NOTHING_YET;
const ones = (live: LiveReading<unknown>) => live.samples.map((sample) => sample.figures.get("one"));

it("keeps one sample for each moment, the repeated ones too", () => {
  let live = withReading(empty, reading("system.load", load(1), "2026-11-22T12:00:00Z"), 10, true);
  live = withCheck(live, "2026-11-22T12:00:02Z", 20, true);
  live = withCheck(live, "2026-11-22T12:00:02Z", 30, true);
  expect(ones(live)).toEqual([1, 1]);
  expect(live.trueAt).toBe("2026-11-22T12:00:02Z");
  expect(live.heardAtMs).toBe(30);
});

it("forgets samples older than five minutes, and keeps none for slow questions", () => {
  const old = withReading(empty, reading("system.load", load(1), "2026-11-22T12:00:00Z"), 0, true);
  const now = withReading(old, reading("system.load", load(2), "2026-11-22T12:06:00Z"), 0, true);
  expect(ones(now)).toEqual([2]);
  expect(withReading(empty, reading("system.load", load(1), "2026-11-22T12:00:00Z"), 0, false).samples).toEqual([]);
});

it("keeps the value through a loss, and is whole again after", () => {
  const before = withReading(empty, reading("system.load", load(1), "2026-11-22T12:00:00Z"), 0, true);
  const after = withError(before, lost);
  expect(after.reading).toBe(before.reading);
  expect(after.error).toBe(lost);
  expect(withCheck(after, "2026-11-22T12:00:09Z", 9, true).error).toBeNull();
});

it("keeps nothing of an answer but the figures that a chart shows", () => {
  const ticks = { userTicks: 1, systemTicks: 1, idleTicks: 1, iowaitTicks: 1, stealTicks: 1 };
  const usage = { busyPercent: 12, userPercent: 6, systemPercent: 6, iowaitPercent: 0, stealPercent: 0, ticks };
  const cpu: AnswerOf<"system.cpu"> = { total: usage, cores: Array.from({ length: 4096 }, (_, core) => ({ core, ...usage })) };
  const one = withReading<unknown>(NOTHING_YET, reading("system.cpu", cpu, "2026-11-22T12:00:00Z"), 0, true);
  expect(one.samples.map(({ figures }) => Object.fromEntries(figures))).toEqual([{ busy: 12 }]);

  const interfaces = Array.from({ length: 4096 }, (_, at) => ({
    name: `eth${at}`, rxBytes: 1, txBytes: 1, rxPackets: 1, txPackets: 1, rxErrors: 0, txErrors: 0, rxBytesPerSecond: at, txBytesPerSecond: null,
  }));
  const net = withReading<unknown>(NOTHING_YET, reading("network.rates", { interfaces, uptimeSeconds: 1 }, "2026-11-22T12:00:00Z"), 0, true);
  expect(net.samples[0]?.figures.size).toBe(256);
  expect(net.samples[0]?.figures.get("in eth7")).toBe(7);

  const other = withReading<unknown>(NOTHING_YET, reading("services.failed", { units: ["x"] }, "2026-11-22T12:00:00Z"), 0, true);
  expect(other.samples[0]?.figures.size).toBe(0);
});
