// The forwarded ports of a server: asked for every two seconds while they are shown, and opened and ended by hand.
import { useQuery } from "@tanstack/react-query";
import { queryClient } from "./cache";
import { request } from "./client";
import type { Forward, NewForward } from "./types";

const EVERY_MS = 2000;

const key = (server: string) => ["forwards", server] as const;
const path = (server: string) => `/servers/${encodeURIComponent(server)}/forwards`;

/** Those of a server, oldest first; null before the first answer. */
export function useForwards(server: string): { forwards: Forward[] | null; error: Error | null; readAtMs: number; reload: () => void } {
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey: key(server),
    queryFn: async () => (await request<{ forwards: Forward[] }>("GET", path(server))).forwards,
    refetchInterval: EVERY_MS,
    staleTime: 0,
  });
  return { forwards: data ?? null, error, readAtMs: dataUpdatedAt, reload: () => void refetch() };
}

export async function openForward(server: string, wanted: NewForward): Promise<Forward> {
  const opened = await request<Forward>("POST", path(server), wanted);
  await queryClient.invalidateQueries({ queryKey: key(server) });
  return opened;
}

export async function closeForward({ server, id }: Forward): Promise<void> {
  await request<undefined>("DELETE", `${path(server)}/${encodeURIComponent(id)}`);
  await queryClient.invalidateQueries({ queryKey: key(server) });
}
