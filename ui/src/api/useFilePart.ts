// The beginning of a file for views that need all of it at once, and so take no more than they can bear.
import { useQuery } from "@tanstack/react-query";
import { asErrorBody } from "./client";
import { readPiece, readUnsized } from "./fileText";
import type { ErrorBody } from "./types";

export interface FilePart {
  bytes: Uint8Array;
  /** There is more of the file. */
  isCut: boolean;
}

export function useFilePart(server: string, path: string, version: number | null, maxBytes: number, isUnsized: boolean): { part: FilePart | null; error: ErrorBody | null; readAgain: () => void } {
  const { data, error, refetch } = useQuery({
    queryKey: ["files", server, "part", path, version, maxBytes, isUnsized],
    gcTime: 0,
    queryFn: async ({ signal }): Promise<FilePart> => {
      if (isUnsized) return { bytes: await readUnsized(server, path, signal), isCut: false };
      const piece = await readPiece(server, path, 0, maxBytes, signal);
      return { bytes: piece.bytes, isCut: piece.sizeBytes > piece.bytes.length };
    },
  });
  return { part: data ?? null, error: error === null ? null : asErrorBody(error), readAgain: () => void refetch() };
}
