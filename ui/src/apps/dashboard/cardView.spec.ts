// Holds when a card loads, fails and goes stale.
import { expect, it } from "vitest";
import { NOTHING_YET, withError, withReading, type LiveReading } from "../../api/liveReading";
import type { ErrorBody, Outcome, Reading } from "../../api/types";
import { cardBody, staleness, type Surroundings } from "./cardView";

const lost: ErrorBody = { code: "lost", message: "gone", hint: null, server: null, command: null, requestId: "r" };
const around: Surroundings = { connection: "connected", nowMs: 10_000, everySeconds: 2 };
const nothing: LiveReading<number> = NOTHING_YET;

function known(outcome: Outcome<number>, heardAtMs = 9000): LiveReading<number> {
  const takenAt = "2026-11-22T12:00:00Z";
  return withReading(nothing, { server: "a", query: "q", args: {}, outcome, model: null, variant: null, origin: null, takenAt, durationMs: 1, raw: null }, heardAtMs, false);
}
const seven = known({ status: "ok", value: 7, unread: [] });

it("loads until there is an answer, and while the connection is being made", () => {
  expect(cardBody(nothing, "connected").kind).toBe("loading");
  expect(cardBody(withError(nothing, lost), "connecting").kind).toBe("loading");
  expect(cardBody(withError(nothing, { ...lost, code: "notConnected" }), "connected").kind).toBe("loading");
});

it("says which model read a value", () => {
  const model = { provider: "ollama" as const, name: "tiny", address: "http://127.0.0.1:11434" };
  const by = (state: Reading<number>["model"]) => cardBody({ ...seven, reading: seven.reading === null ? null : { ...seven.reading, model: state } }, "connected");
  expect(by({ state: "read", model, repeated: false })).toMatchObject({ kind: "ok", readBy: model });
  expect(by(null)).toMatchObject({ kind: "ok", readBy: null });
});

it("fails when the first answer is an error", () => {
  expect(cardBody(withError(nothing, lost), "connected")).toEqual({ kind: "failed", error: lost });
});

it("keeps the value through a loss, and says since when it may be wrong", () => {
  const after = withError(seven, lost);
  expect(cardBody(after, "reconnecting")).toMatchObject({ kind: "ok", value: 7 });
  expect(staleness(after, around)).toEqual({ since: "2026-11-22T12:00:00Z", why: "The connection was lost" });
});

it("is stale without a connection, and after silence", () => {
  expect(staleness(seven, around)).toBeNull();
  expect(staleness(seven, { ...around, connection: "reconnecting" })).not.toBeNull();
  expect(staleness(seven, { ...around, nowMs: 9000 + 8000 })).toBeNull();
  expect(staleness(seven, { ...around, nowMs: 9000 + 8001 })).not.toBeNull();
  expect(staleness(seven, { ...around, nowMs: 9000 + 60_000, everySeconds: 30 })).toBeNull();
  expect(staleness(nothing, { ...around, connection: "reconnecting" })).toBeNull();
});

it("tells apart why there is no value", () => {
  expect(cardBody(known({ status: "unsupported", needs: ["docker"] }), "connected").kind).toBe("unsupported");
  expect(cardBody(known({ status: "denied", detail: "d" }), "connected").kind).toBe("denied");
  expect(cardBody(known({ status: "unavailable", detail: "d" }), "connected").kind).toBe("unavailable");
  expect(cardBody(known({ status: "failed", error: lost }), "connected").kind).toBe("failed");
});
