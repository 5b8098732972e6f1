// Turns the launch secret in the address into a session cookie, and takes it out of the address bar and the history before anything else.
import { RequestError, request } from "./client";
import type { Status } from "./types";

/** `noSession`: the program runs but does not know this page. `offline`: it does not answer. */
export type SessionResult = { kind: "ready"; status: Status } | { kind: "noSession" } | { kind: "offline" };

/** Opens the session; called once at start and again after the program came back. */
export async function openSession(): Promise<SessionResult> {
  const secret = takeLaunchSecret();
  try {
    if (secret !== null) await request<undefined>("POST", "/session", { secret });
  } catch (thrown) {
    if (thrown instanceof RequestError && thrown.status === 0) return { kind: "offline" };
    // A secret is good once; an older cookie may still hold, so the next request decides.
  }
  try {
    return { kind: "ready", status: await request<Status>("GET", "/status") };
  } catch (thrown) {
    return thrown instanceof RequestError && thrown.status === 401 ? { kind: "noSession" } : { kind: "offline" };
  }
}

function takeLaunchSecret(): string | null {
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  const secret = fragment.get("launch");
  if (secret !== null) window.history.replaceState(null, "", window.location.pathname);
  return secret;
}
