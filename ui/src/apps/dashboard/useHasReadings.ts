// Whether anything is still known of a server, so that a lost connection leaves its last figures on the page.
import { useSyncExternalStore } from "react";
import { queryClient } from "../../api/cache";
import type { LiveReading } from "../../api/liveReading";

export function useHasReadings(server: string): boolean {
  return useSyncExternalStore(
    (notify) => queryClient.getQueryCache().subscribe(notify),
    () => queryClient.getQueriesData<LiveReading<unknown>>({ queryKey: ["reading", server] }).some(([, live]) => (live?.reading ?? null) !== null),
  );
}
