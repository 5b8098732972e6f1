// The browsers that are let in, the address for another one, and after what time pages are locked.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { queryClient } from "./cache";
import { request } from "./client";
import { keep } from "./preferences";
import type { BrowserSession, KeptPreferences, LaunchAddress } from "./types";

const SESSIONS_KEY = ["sessions"] as const;
const LOCK_AFTER_KEY = ["lockAfter"] as const;
/** Sessions come and go in other browsers, which nobody tells this page of. */
const LOOK_AGAIN_MS = 3000;

export function useSessions(): UseQueryResult<readonly BrowserSession[]> {
  return useQuery({
    queryKey: SESSIONS_KEY,
    queryFn: async () => (await request<{ sessions: BrowserSession[] }>("GET", "/sessions")).sessions,
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export async function endSession(id: string): Promise<void> {
  await request<undefined>("DELETE", `/sessions/${encodeURIComponent(id)}`);
  await queryClient.invalidateQueries({ queryKey: SESSIONS_KEY });
}

export async function endOtherSessions(): Promise<void> {
  await request<undefined>("DELETE", "/sessions/others");
  await queryClient.invalidateQueries({ queryKey: SESSIONS_KEY });
}

/** An address that lets one other browser in; the one before it does so no more. */
export function askForAddress(): Promise<LaunchAddress> {
  return request<LaunchAddress>("POST", "/sessions/address", {});
}

export function takeAddressBack(): Promise<void> {
  return request<undefined>("DELETE", "/sessions/address");
}

/** Minutes; 0: never. */
export function useLockAfter(): UseQueryResult<number> {
  return useQuery({ queryKey: LOCK_AFTER_KEY, queryFn: async () => (await request<KeptPreferences>("GET", "/preferences")).lockAfterMinutes, staleTime: 0 });
}

export async function changeLockAfter(minutes: number): Promise<void> {
  const { lockAfterMinutes } = await keep((kept) => ({ ...kept, lockAfterMinutes: minutes }));
  queryClient.setQueryData<number>(LOCK_AFTER_KEY, lockAfterMinutes);
}
