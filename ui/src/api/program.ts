// Whether the program behind this page is there: opens the session and the live socket, and tries again by itself when either is lost.
import { create } from "zustand";
import { putServers, putTerminals, queryClient, readingKey, updateReading } from "./cache";
import { doubt } from "./identity";
import { LiveSocket, type SocketLike, type Subscription } from "./live";
import { withCheck, withError, withReading } from "./liveReading";
import { lockSession, onSessionElsewhere, openSession, type SessionResult } from "./session";

export interface Program {
  /** `offline` after a loss, or when the program never answered; `noSession` when it does not know this page; `locked` until a person has proved to be there. */
  phase: "starting" | "ready" | "offline" | "noSession" | "locked";
}

export const useProgram = create<Program>(() => ({ phase: "starting" }));

/** Questions asked at least this often keep samples for a chart. */
const SAMPLED_SECONDS = 5;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4000;
/** The session was locked or ended; which of them, the program says when it is asked. */
const SESSION_OVER = 4401;

let retryMs = FIRST_RETRY_MS;

export const live = new LiveSocket(openBrowserSocket, {
  onOpen: () => {
    retryMs = FIRST_RETRY_MS;
    useProgram.setState({ phase: "ready" });
  },
  onClosed: (code) => {
    doubt();
    if (useProgram.getState().phase === "locked") return;
    if (code === SESSION_OVER) {
      void startProgram();
      return;
    }
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
  } else if (session === "noSession" || session === "locked") {
    leave(session);
  } else {
    if (useProgram.getState().phase !== "locked") useProgram.setState({ phase: "offline" });
    retryLater();
  }
}

/** Locks the page: it shows nothing of the desktop from now on, whatever the program says, and goes on when an address was opened in this browser. */
export async function lock(): Promise<void> {
  leave("locked");
  live.close();
  try {
    await lockSession();
  } catch {
    retryLater();
  }
}

/** What the program told goes with the session; windows and unsaved texts stay in memory, unseen, for when there is one again. */
function leave(phase: "noSession" | "locked"): void {
  useProgram.setState({ phase });
  queryClient.clear();
}

/** A launch address opened in a tab that shows the page already changes only the fragment. */
window.addEventListener("hashchange", () => void startProgram());

/** What the page holds, an upload under way above all, goes on when the address of a program that was started anew is opened beside it. */
onSessionElsewhere(() => {
  const { phase } = useProgram.getState();
  if (phase === "noSession" || phase === "locked") void startProgram();
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
