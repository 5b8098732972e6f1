// Whether the program behind this page is there: opens the session and the live socket, and tries again by itself when either is lost.
import { create } from "zustand";
import { closedSocket } from "./binarySocket";
import { putServers, putTerminals, queryClient, readingKey, updateReading } from "./cache";
import { doubt, isAnswered, isProgramKnown, isTrusted, onDoubt } from "./identity";
import { LiveSocket, type SocketLike, type Subscription } from "./live";
import { withCheck, withError, withReading } from "./liveReading";
import { lockAfterMs } from "./preferences";
import { isLockWished, onSessionElsewhere, openSession, wishLock, type SessionResult } from "./session";

export interface Program {
  /** The desktop is there while it is `ready`. `starting` also after a loss, until it is proved who answers; `offline` when nobody does, `other` when it is another program; `blocked` when it answers but something lets no live socket through; `noSession` when the program does not know this page; `locked` until a person has proved to be there. */
  phase: "starting" | "ready" | "offline" | "other" | "blocked" | "noSession" | "locked";
}

export const useProgram = create<Program>(() => ({ phase: isLockWished() ? "locked" : "starting" }));

/** Questions asked at least this often keep samples for a chart. */
const SAMPLED_SECONDS = 5;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4000;
/** The session was locked or ended; which of them, the program says when it is asked. */
const SESSION_OVER = 4401;

let retryMs = FIRST_RETRY_MS;
let retry = 0;
/** Since when nobody proves to be the program; null: somebody does. */
let lostAt: number | null = null;
/** Whether a desktop that still hears from the program has been left standing for one more try. */
let isTriedAgain = false;
/** How often in a row the live socket was closed before it was open, while the program answered; one may be its end. */
let unopened = 0;
/** The latest start: what an older one finds out later is no longer so. */
let run = 0;
let isStarting = false;

export const live = new LiveSocket(openBrowserSocket, {
  // A request may have been lost while it opened.
  onOpen: () => (isTrusted() ? found() : void startProgram()),
  onClosed: (code) => {
    const { phase } = useProgram.getState();
    if (phase === "ready") useProgram.setState({ phase: "starting" });
    else if (++unopened > 1) useProgram.setState({ phase: "blocked" });
    doubt();
    if (code === SESSION_OVER) void startProgram();
    else retryLater();
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
  const mine = ++run;
  isStarting = true;
  window.clearTimeout(retry);
  const session = await opening;
  if (mine !== run) return;
  isStarting = false;
  if (session === "noSession" || session === "locked") leave(session);
  else if (session !== "ready") lost(session);
  // Another request was lost since the proof.
  else if (!isTrusted()) lost("offline");
  else {
    live.connect();
    if (live.isOpen) found();
  }
}

/** Locks the page: it shows nothing of the desktop from now on, whatever the program says, and goes on when an address was opened in this browser. */
export function lock(): void {
  wishLock(true);
  leave("locked");
  void startProgram();
}

function found(): void {
  retryMs = FIRST_RETRY_MS;
  lostAt = null;
  isTriedAgain = false;
  unopened = 0;
  useProgram.setState({ phase: "ready" });
}

/** A page without its program is locked in time too: nobody else would do it. It wishes for nothing, as the next session has its own person. */
function lost(phase: "offline" | "other"): void {
  const before = useProgram.getState().phase;
  lostAt ??= Date.now();
  unopened = 0;
  if (phase === "offline" && before === "ready" && live.isOpen && !isTriedAgain) {
    // Nobody else can have the port of a program that still holds its end of the socket.
    isTriedAgain = true;
  } else if (before !== "locked") {
    if (lockAfterMs() > 0 && Date.now() - lostAt >= lockAfterMs()) leave("locked");
    else useProgram.setState({ phase });
  }
  retryLater();
}

/** What the program told goes with the session; windows and unsaved texts stay in memory, unseen, for when there is one again. Nobody listens any more whether the program is there, so it has to prove itself before anything is sent. */
function leave(phase: "noSession" | "locked"): void {
  lostAt = null;
  useProgram.setState({ phase });
  live.close();
  doubt();
  queryClient.clear();
}

/** A request that nobody answered, while the live socket stands; a start that is under way sees it by itself. */
onDoubt(() => {
  if (useProgram.getState().phase === "ready" && !isStarting) void startProgram();
});

/** A launch address opened in a tab that shows the page already changes only the fragment. */
window.addEventListener("hashchange", () => void startProgram());

/** What the page holds, an upload under way above all, goes on when the address of the program's next run is opened beside it. */
onSessionElsewhere(() => {
  if (useProgram.getState().phase === "ready") return;
  if (isProgramKnown()) void startProgram();
  else {
    // The session of now is no longer the one that was to be locked.
    wishLock(false);
    window.location.reload();
  }
});

function retryLater(): void {
  window.clearTimeout(retry);
  // A page that is loaded anew begins with the first time again, so it takes its time at once.
  retry = isProgramKnown() ? window.setTimeout(() => void startProgram(), retryMs) : window.setTimeout(() => void loadAnew(), LAST_RETRY_MS);
  retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
}

/** A page that does not know its program, and so never had a desktop, tells its session to nobody who answers later: the page that is loaded then does. */
async function loadAnew(): Promise<void> {
  const mine = run;
  const isThere = await isAnswered();
  // Its person has opened an address in it meanwhile.
  if (mine !== run) return;
  if (isThere) window.location.reload();
  else lost("offline");
}

function openBrowserSocket(): SocketLike {
  if (!isTrusted()) return closedSocket();
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${window.location.host}/api/live`) as SocketLike;
}

function keyOf(asked: Subscription): readonly unknown[] {
  return readingKey(asked.server, asked.query, asked.args);
}

function isSampled(asked: Subscription): boolean {
  return asked.everySeconds <= SAMPLED_SECONDS;
}
