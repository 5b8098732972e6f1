// Turns the launch secret in the address into a session cookie, and takes it out of the address bar and the history before anything else.
import { RequestError, request } from "./client";
import { learn, prove } from "./identity";

/** `noSession`: the program runs but does not know this page. `locked`: it knows it, and lets it do nothing. `offline`: it does not answer. `other`: another program does. */
export type SessionResult = "ready" | "noSession" | "locked" | "offline" | "other";

const LOCK_KEY = "headlessos.lock";

/** Whether the person wants this page locked and the program has not said yet that it is. */
let isToBeLocked = readWish();

/** Whether another page has said since that wish that it has opened a session. Another program's page could say so only once ours had ended, and its sessions with it: one that ours has now is a newer one all the same. */
let isOpenElsewhere = false;

/** Out of the address, and told to nobody yet. */
let launchSecret: string | null = null;

/** Settled once the last one that was told is answered: what the program says until then is about the cookie of before. */
let exchanging: Promise<unknown> = Promise.resolve();

/** Tells the other pages of this browser that there is a session again: the cookie is theirs too. */
const others = new BroadcastChannel("session");

/** Calls back when another page says that it has opened a session. Any page of this address can say so: it is a reason to look, and none to believe whoever answers. */
export function onSessionElsewhere(opened: () => void): void {
  others.onmessage = () => {
    isOpenElsewhere = true;
    opened();
  };
}

/** Opens the session; called once at start and again after the program came back. */
export async function openSession(): Promise<SessionResult> {
  const opened = takeLaunchSecret();
  launchSecret = opened ?? launchSecret;
  const proven = await prove();
  if (proven === "other") {
    launchSecret = null;
    if (opened !== null) loadAnew(opened);
  }
  if (proven !== "same") return proven;
  try {
    if (await exchanged()) return await known();
    if (isToBeLocked && !isOpenElsewhere) {
      await request<undefined>("POST", "/session/lock", {});
      wishLock(false);
    }
    await request<unknown>("GET", "/status");
    // The session is one that a person opened after the wish, by an address.
    if (isOpenElsewhere) wishLock(false);
    return await known();
  } catch (thrown) {
    if (!(thrown instanceof RequestError) || thrown.status !== 401) return "offline";
    wishLock(false);
    return thrown.error.code === "locked" ? "locked" : "noSession";
  }
}

/** Whether the launch secret, where there is one, has opened a session. */
async function exchanged(): Promise<boolean> {
  const secret = launchSecret;
  launchSecret = null;
  if (secret === null) {
    await exchanging;
    return false;
  }
  const isTaken = exchange(secret);
  exchanging = isTaken.catch(() => undefined);
  return isTaken;
}

/** False where the secret is none: it is good once, and an older cookie may still hold. */
async function exchange(secret: string): Promise<boolean> {
  try {
    await request<undefined>("POST", "/session", { secret });
  } catch (thrown) {
    if (thrown instanceof RequestError && thrown.status !== 0) return false;
    throw thrown;
  }
  wishLock(false);
  // oxlint-disable-next-line require-post-message-target-origin -- a channel reaches its own origin alone
  others.postMessage("opened");
  return true;
}

/** Where there is a session, the page knows whose it is. */
async function known(): Promise<SessionResult> {
  await learn(() => request<{ key: string }>("GET", "/session/identity"));
  return isToBeLocked ? "locked" : "ready";
}

/** Has the program lock this browser's session before it is asked for anything else, also after a reload. */
export function wishLock(isWanted: boolean): void {
  isToBeLocked = isWanted;
  isOpenElsewhere = false;
  try {
    if (isWanted) window.sessionStorage.setItem(LOCK_KEY, "");
    else window.sessionStorage.removeItem(LOCK_KEY);
  } catch {
    // Storage is off: the wish holds for as long as the page.
  }
}

export function isLockWished(): boolean {
  return isToBeLocked;
}

function readWish(): boolean {
  try {
    return window.sessionStorage.getItem(LOCK_KEY) !== null;
  } catch {
    return false;
  }
}

/** The person has opened the address of another program in this page: all that the page holds of the one before it goes. */
function loadAnew(secret: string): void {
  window.history.replaceState(null, "", `${window.location.pathname}#launch=${encodeURIComponent(secret)}`);
  window.location.reload();
}

function takeLaunchSecret(): string | null {
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  const secret = fragment.get("launch");
  if (secret !== null) window.history.replaceState(null, "", window.location.pathname);
  return secret;
}
