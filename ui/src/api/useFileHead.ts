// What is known of a file before it is shown: its size, its age and its first bytes.
import { useQuery } from "@tanstack/react-query";
import { asErrorBody } from "./client";
import { fileInfos } from "./files";
import { readPiece, readUnsized } from "./fileText";
import type { ErrorBody } from "./types";

export interface FileHead {
  sizeBytes: number;
  /** Changes with the file. */
  version: number | null;
  isFolder: boolean;
  /** Its size is said to be 0, as the kernel says of files it makes up when they are read; `sizeBytes` is what was read then. */
  isUnsized: boolean;
  bytes: Uint8Array;
}

const HEAD_BYTES = 4096;

/** `head` is null while it is read; `readAgain` asks anew. */
export function useFileHead(server: string, path: string, isConnected: boolean): { head: FileHead | null; error: ErrorBody | null; isReading: boolean; readAgain: () => void } {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["files", server, "head", path],
    enabled: isConnected,
    // Each time it is shown: the file may be another one by now.
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<FileHead> => {
      const [info] = await fileInfos(server, [path], signal);
      const isFolder = info?.kind === "folder" || info?.targetKind === "folder";
      if (isFolder) return { sizeBytes: 0, version: null, isFolder, isUnsized: false, bytes: new Uint8Array() };
      if (info?.kind === "file" && info.sizeBytes === 0) {
        const bytes = await readUnsized(server, path, signal);
        return { sizeBytes: bytes.length, version: info.modifiedAt, isFolder, isUnsized: true, bytes };
      }
      const piece = await readPiece(server, path, 0, HEAD_BYTES, signal);
      return { sizeBytes: piece.sizeBytes, version: info?.modifiedAt ?? null, isFolder, isUnsized: false, bytes: piece.bytes };
    },
  });
  return { head: data ?? null, error: error === null ? null : asErrorBody(error), isReading: isFetching, readAgain: () => void refetch() };
}
