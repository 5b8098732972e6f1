// Turns the launch secret in the address into a session cookie, and takes it out of the address bar and the history before anything else.
import { RequestError, request } from "./client";
import { learn, prove, trustAnew } from "./identity";

/** `noSession`: the program runs but does not know this page. `locked`: it knows it, and lets it do nothing. `offline`: it does not answer. */
export type SessionResult = "ready" | "noSession" | "locked" | "offline";

/** Whether the person wants this page locked and the program has not said yet that it is. */
let isToBeLocked = false;

/** Tells the other pages of this browser that there is a session again: the cookie is theirs too. */
const others = new BroadcastChannel("session");

/** Calls back when another page has opened a session, of whichever program its person has opened. */
export function onSessionElsewhere(opened: () => void): void {
  others.onmessage = () => {
    trustAnew();
    opened();
  };
}

/** Opens the session; called once at start and again after the program came back. */
export async function openSession(): Promise<SessionResult> {
  const secret = takeLaunchSecret();
  try {
    if (secret !== null) {
      trustAnew();
      isToBeLocked = false;
      await request<undefined>("POST", "/session", { secret });
      // oxlint-disable-next-line require-post-message-target-origin -- a channel reaches its own origin alone
      others.postMessage("opened");
      return await known();
    }
  } catch (thrown) {
    if (thrown instanceof RequestError && thrown.status === 0) return "offline";
    // A secret is good once; an older cookie may still hold, so the next request decides.
  }
  const proven = await prove();
  if (proven !== "same") return proven === "other" ? "noSession" : "offline";
  try {
    if (isToBeLocked) await lockSession();
    await request<unknown>("GET", "/status");
    return await known();
  } catch (thrown) {
    if (!(thrown instanceof RequestError) || thrown.status !== 401) return "offline";
    isToBeLocked = false;
    return thrown.error.code === "locked" ? "locked" : "noSession";
  }
}

/** Where there is a session, the page knows whose it is. */
async function known(): Promise<SessionResult> {
  await learn(() => request<{ key: string }>("GET", "/session/identity"));
  return "ready";
}

/** Has the program lock this browser's session; where that fails it is tried again before anything else is asked. */
export async function lockSession(): Promise<void> {
  isToBeLocked = true;
  await request<undefined>("POST", "/session/lock", {});
  isToBeLocked = false;
}

function takeLaunchSecret(): string | null {
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  const secret = fragment.get("launch");
  if (secret !== null) window.history.replaceState(null, "", window.location.pathname);
  return secret;
}
