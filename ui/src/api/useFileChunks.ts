// A file in pieces for a component: it is drawn again when a piece arrives.
import { useEffect, useState } from "react";
import { FileChunks } from "./fileChunks";

/** `version` begins anew with a file that has changed. Null for a moment at the start. */
export function useFileChunks(server: string, path: string, version: unknown): FileChunks | null {
  const [shown, setShown] = useState<{ chunks: FileChunks; count: number; version: unknown } | null>(null);
  useEffect(() => {
    let isGone = false;
    const chunks = new FileChunks(server, path, () => !isGone && setShown((now) => ({ chunks, count: (now?.count ?? 0) + 1, version })));
    chunks.get(0);
    return () => {
      isGone = true;
      chunks.close();
    };
  }, [server, path, version]);
  return shown !== null && shown.version === version ? shown.chunks : null;
}
