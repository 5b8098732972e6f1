// What a card shows: decided here, from what is known of its question and of the connection; pure.
import { errorTitle } from "../../api/errors";
import type { LiveReading } from "../../api/liveReading";
import type { ByModel, ConnectionState, ErrorBody, ModelName, UnreadLine } from "../../api/types";

export type CardBody<T> =
  | { kind: "loading" }
  | { kind: "ok"; value: T; unread: UnreadLine[]; readBy: ModelName | null }
  | { kind: "unsupported"; needs: string[] }
  | { kind: "denied"; detail: string }
  | { kind: "unavailable"; detail: string }
  | { kind: "failed"; error: ErrorBody };

/** Since when a shown value may no longer be true, and why; null while it is kept up to date. */
export type Staleness = { since: string; why: string } | null;

export interface Surroundings {
  connection: ConnectionState["status"];
  nowMs: number;
  everySeconds: number;
}

/** A value counts as stale when nothing was heard for this many rounds, and not before 8 s. */
const SILENT_ROUNDS = 3;
const LEAST_SILENCE_MS = 8000;

export function cardBody<T>(live: LiveReading<T>, connection: ConnectionState["status"]): CardBody<T> {
  if (live.reading !== null) {
    const { outcome, model } = live.reading;
    switch (outcome.status) {
      case "ok":
        return { kind: "ok", value: outcome.value, unread: outcome.unread, readBy: readerOf(model) };
      case "unsupported":
        return { kind: "unsupported", needs: outcome.needs };
      case "denied":
        return { kind: "denied", detail: outcome.detail };
      case "unavailable":
        return { kind: "unavailable", detail: outcome.detail };
      case "failed":
        return { kind: "failed", error: outcome.error };
    }
  }
  // Until the connection stands, an error only says that it does not stand yet.
  return live.error !== null && connection === "connected" && live.error.code !== "notConnected"
    ? { kind: "failed", error: live.error }
    : { kind: "loading" };
}

/** The model that read a value which no parser understood; null for one that a parser read. */
function readerOf(by: ByModel | null): ModelName | null {
  return by?.state === "read" ? by.model : null;
}

export function staleness(live: LiveReading<unknown>, around: Surroundings): Staleness {
  if (live.reading === null || live.trueAt === null || live.heardAtMs === null) return null;
  const since = live.trueAt;
  if (around.connection !== "connected") return { since, why: "The connection was lost" };
  if (live.error !== null) return { since, why: errorTitle(live.error) };
  const silenceMs = Math.max(LEAST_SILENCE_MS, around.everySeconds * 1000 * SILENT_ROUNDS);
  return around.nowMs - live.heardAtMs > silenceMs ? { since, why: "The server has not answered since" } : null;
}
