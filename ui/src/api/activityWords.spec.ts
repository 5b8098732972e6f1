// The words of the journal: purposes, outcomes, days.
import { expect, test } from "vitest";
import { dayOf, outcomeOf, startOfDay, titleOf } from "./activityWords";

test("what was done has words, also where none were written for it", () => {
  expect(titleOf("files.trash")).toBe("Moved to the Recycle Bin");
  expect(titleOf("storage.filesystems")).toBe("Storage: filesystems");
  expect(titleOf("logs.diskUsage")).toBe("Logs: disk usage");
  expect(titleOf("system.cpu system.load network.rates")).toBe("System: cpu and 2 more");
  expect(titleOf("odd")).toBe("Odd");
});

test("an exit code is an answer, a lost connection a failure", () => {
  expect(outcomeOf({ outcome: null, exitCode: null })).toEqual({ word: "goes on", tone: "running" });
  expect(outcomeOf({ outcome: "ok", exitCode: 0 }).tone).toBe("good");
  expect(outcomeOf({ outcome: "failed", exitCode: 3 })).toEqual({ word: "exit code 3", tone: "quiet" });
  expect(outcomeOf({ outcome: "lost", exitCode: null })).toEqual({ word: "connection lost", tone: "bad" });
  expect(outcomeOf({ outcome: "new word", exitCode: null })).toEqual({ word: "failed", tone: "bad" });
});

test("days are named from where the reader is", () => {
  const now = Date.parse("2026-11-30T12:00:00Z");
  expect(dayOf("2026-11-30T00:10:00Z", now, "UTC")).toBe("Today, Monday, 30 November 2026");
  expect(dayOf("2026-11-29T23:10:00Z", now, "UTC")).toBe("Yesterday, Sunday, 29 November 2026");
  expect(dayOf("2026-11-24T08:00:00Z", now, "UTC")).toBe("Tuesday, 24 November 2026");
  expect(dayOf("never", now)).toBe("never");
});

test("a day is from its first moment to the first of the next", () => {
  const [from, to] = [startOfDay("2026-11-24"), startOfDay("2026-11-24", 1)];
  expect(new Date(from ?? "").getHours()).toBe(0);
  expect(new Date(to ?? "").getDate()).toBe(25);
  expect(startOfDay("")).toBeNull();
  expect(startOfDay("soon")).toBeNull();
});
