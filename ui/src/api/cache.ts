// The query cache: the only place on the page where what the program said is kept.
import { QueryClient } from "@tanstack/react-query";
import { NOTHING_YET, type LiveReading } from "./liveReading";
import type { Server, Terminal } from "./types";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false, structuralSharing: false },
  },
});

export const SERVERS_KEY = ["servers"] as const;
export const TERMINALS_KEY = ["terminals"] as const;

/** The key of one question; readings of one server share the first two parts. */
export function readingKey(server: string, query: string, args: unknown): readonly unknown[] {
  return ["reading", server, query, args];
}

/** Forgets what nothing shows, so that it is asked anew; but not the lists that the program tells by itself, when they change. */
export function forgetUnshown(): void {
  queryClient.removeQueries({ type: "inactive", predicate: ({ queryKey: [kind] }) => kind !== SERVERS_KEY[0] && kind !== TERMINALS_KEY[0] });
}

/** Changes what is known about one question. */
export function updateReading(key: readonly unknown[], change: (before: LiveReading<unknown>) => LiveReading<unknown>): void {
  queryClient.setQueryData<LiveReading<unknown>>(key, (before) => change(before ?? NOTHING_YET));
}

/** Takes over the list of servers; what was read from one that is now disconnected or gone is dropped. */
export function putServers(servers: Server[]): void {
  const before = queryClient.getQueryData<Server[]>(SERVERS_KEY) ?? [];
  queryClient.setQueryData<Server[]>(SERVERS_KEY, servers);
  for (const { id } of before) {
    const now = servers.find((server) => server.id === id);
    if (now === undefined || now.state.status === "disconnected") {
      queryClient.setQueriesData<LiveReading<unknown>>({ queryKey: ["reading", id] }, () => NOTHING_YET);
    }
  }
}

/** Takes over one server as the program just described it. */
export function putServer(server: Server): void {
  const servers = queryClient.getQueryData<Server[]>(SERVERS_KEY) ?? [];
  const isKnown = servers.some((known) => known.id === server.id);
  putServers(isKnown ? servers.map((known) => (known.id === server.id ? server : known)) : [...servers, server]);
}

/** Takes over the list of terminals of all servers. */
export function putTerminals(terminals: readonly Terminal[]): void {
  queryClient.setQueryData<readonly Terminal[]>(TERMINALS_KEY, terminals);
}

/** Takes over one terminal as the program just described it. */
export function putTerminal(terminal: Terminal): void {
  const terminals = queryClient.getQueryData<readonly Terminal[]>(TERMINALS_KEY) ?? [];
  const isKnown = terminals.some((known) => known.id === terminal.id);
  putTerminals(isKnown ? terminals.map((known) => (known.id === terminal.id ? terminal : known)) : [...terminals, terminal]);
}

/** Leaves out a terminal that is no more. */
export function dropTerminal(id: string): void {
  putTerminals((queryClient.getQueryData<readonly Terminal[]>(TERMINALS_KEY) ?? []).filter((known) => known.id !== id));
}
