// Whether the program behind this page is there: opens the session and the live socket, and tries again by itself when either is lost.
import { create } from "zustand";
import { putServers, putTerminals, readingKey, updateReading } from "./cache";
import { LiveSocket, type SocketLike, type Subscription } from "./live";
import { withCheck, withError, withReading } from "./liveReading";
import { onSessionElsewhere, openSession, type SessionResult } from "./session";

export interface Program {
  /** `offline` after a loss, or when the program never answered; `noSession` when it does not know this page. */
  phase: "starting" | "ready" | "offline" | "noSession";
}

export const useProgram = create<Program>(() => ({ phase: "starting" }));

/** Questions asked at least this often keep samples for a chart. */
const SAMPLED_SECONDS = 5;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4000;

let retryMs = FIRST_RETRY_MS;

export const live = new LiveSocket(openBrowserSocket, {
  onOpen: () => {
    retryMs = FIRST_RETRY_MS;
    useProgram.setState({ phase: "ready" });
  },
  onClosed: () => {
    useProgram.setState({ phase: "offline" });
    retryLater();
  },
  onServers: putServers,
  onTerminals: putTerminals,
  onReading: (asked, reading) =>
    updateReading(keyOf(asked), (before) => withReading(before, reading, Date.now(), isSampled(asked))),
  onChecked: (asked, takenAt) =>
    updateReading(keyOf(asked), (before) => withCheck(before, takenAt, Date.now(), isSampled(asked))),
  onError: (asked, error) => updateReading(keyOf(asked), (before) => withError(before, error)),
});

/** Starts everything; called once with the session the page has begun to open, and by itself after every loss. */
export async function startProgram(opening: Promise<SessionResult> = openSession()): Promise<void> {
  const session = await opening;
  if (session === "ready") {
    live.connect();
  } else if (session === "noSession") {
    useProgram.setState({ phase: "noSession" });
  } else {
    useProgram.setState({ phase: "offline" });
    retryLater();
  }
}

/** A launch address opened in a tab that shows the page already changes only the fragment. */
window.addEventListener("hashchange", () => void startProgram());

/** What the page holds, an upload under way above all, goes on when the address of a program that was started anew is opened beside it. */
onSessionElsewhere(() => {
  if (useProgram.getState().phase === "noSession") void startProgram();
});

function retryLater(): void {
  window.setTimeout(() => void startProgram(), retryMs);
  retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
}

function openBrowserSocket(): SocketLike {
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${window.location.host}/api/live`) as SocketLike;
}

function keyOf(asked: Subscription): readonly unknown[] {
  return readingKey(asked.server, asked.query, asked.args);
}

function isSampled(asked: Subscription): boolean {
  return asked.everySeconds <= SAMPLED_SECONDS;
}
