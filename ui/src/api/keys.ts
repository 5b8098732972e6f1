// The key pairs of this computer, and their public halves on servers; a passphrase goes to the program once and is kept nowhere on the page.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { queryClient } from "./cache";
import { request } from "./client";
import type { KeyInfo, KeyInstalled, KeyList, NewKey } from "./types";

const KEYS_KEY = ["keys"] as const;

export function useKeys(): UseQueryResult<KeyList> {
  return useQuery({ queryKey: KEYS_KEY, queryFn: () => request<KeyList>("GET", "/keys"), staleTime: 0 });
}

export async function generateKey(key: NewKey): Promise<KeyInfo> {
  const made = await request<KeyInfo>("POST", "/keys", key);
  await queryClient.invalidateQueries({ queryKey: KEYS_KEY });
  return made;
}

/** Lets the key in at the server's user; the server must be connected. */
export function installKey(server: string, path: string): Promise<KeyInstalled> {
  return request<KeyInstalled>("POST", `/servers/${encodeURIComponent(server)}/authorized-keys`, { path });
}
