// What the program says of itself, and of what it is made: neither changes while it runs. The list of parts is fetched when it is first shown.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { request } from "./client";
import type { ProgramStatus } from "./types";

/** A crate or an npm package that is in the program or its page. */
export interface ShippedPart {
  name: string;
  version: string;
  /** An SPDX expression. */
  licence: string;
  origin: string;
}

export function useProgramStatus(): UseQueryResult<ProgramStatus> {
  return useQuery({ queryKey: ["status"], queryFn: () => request<ProgramStatus>("GET", "/status"), staleTime: Infinity });
}

export function useShippedParts(): UseQueryResult<readonly ShippedPart[]> {
  return useQuery({ queryKey: ["shippedParts"], queryFn: async () => (await import("./generated/licences.json")).default, staleTime: Infinity });
}
