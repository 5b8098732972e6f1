// Whether the user's SSH configuration may start programs on this computer; a consent, so it is read anew whenever it is shown and changed by itself.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { queryClient } from "./cache";
import { request } from "./client";
import { keep } from "./preferences";
import type { KeptPreferences } from "./types";

const KEY = ["matchExec"] as const;

export function useMatchExec(): UseQueryResult<boolean> {
  return useQuery({ queryKey: KEY, queryFn: async () => (await request<KeptPreferences>("GET", "/preferences")).matchExec, staleTime: 0 });
}

export async function changeMatchExec(to: boolean): Promise<void> {
  const { matchExec } = await keep((kept) => ({ ...kept, matchExec: to }));
  queryClient.setQueryData<boolean>(KEY, matchExec);
}
