// What lies in the Recycle Bin: read when it is shown, when a job of this server ends, and now and then.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { isEnded, useFileJobs, useFollowFileJobs } from "../../api/fileJobs";
import { readTrash } from "../../api/files";
import type { Trash } from "../../api/fileTypes";

const EVERY_MS = 10_000;

export function useTrash(server: string, isConnected: boolean): { trash: Trash | null; error: Error | null; readAtMs: number; reload: () => void } {
  useFollowFileJobs();
  const endedJobs = useFileJobs((state) => state.jobs.filter((job) => job.server === server && isEnded(job)).map((job) => job.id).join(" "));
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey: ["files", server, "trash"],
    queryFn: () => readTrash(server),
    enabled: isConnected,
    staleTime: 0,
    refetchInterval: EVERY_MS,
  });
  useEffect(() => {
    if (isConnected && endedJobs !== "") void refetch();
  }, [endedJobs, isConnected, refetch]);
  return { trash: data ?? null, error, readAtMs: dataUpdatedAt, reload: () => void refetch() };
}
