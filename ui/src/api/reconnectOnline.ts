// A network that comes back: servers that wait for their next try are tried at once.
import type { Server } from "./types";

/** Listens on a browser's window until the returned function is called; `servers` is asked for at each event, `retry` takes an id. */
export function retryWhenOnline(network: EventTarget, servers: () => readonly Server[], retry: (id: string) => void): () => void {
  const onOnline = () => {
    for (const { id, state } of servers()) if (state.status === "reconnecting") retry(id);
  };
  network.addEventListener("online", onOnline);
  return () => network.removeEventListener("online", onOnline);
}
