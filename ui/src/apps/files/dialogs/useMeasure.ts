// Counts what lies in some paths while a dialog is open, and stops with it.
import { useEffect, useState } from "react";
import { measureFiles } from "../../../api/files";
import type { Measure } from "../../../api/fileTypes";

export interface Measured extends Measure {
  /** Folders and files that could not be looked into. */
  unread: number;
  isDone: boolean;
  isFailed: boolean;
}

export function useMeasure(server: string, paths: readonly string[]): Measured {
  const [measured, setMeasured] = useState<Measured>({ files: 0, folders: 0, bytes: 0, unread: 0, isDone: false, isFailed: false });
  const key = paths.join("\0");
  useEffect(() => {
    const controller = new AbortController();
    const count = async () => {
      try {
        const { unread, ...total } = await measureFiles(server, key.split("\0"), controller.signal, (so) => setMeasured((before) => ({ ...before, ...so })));
        setMeasured({ ...total, unread: unread.length, isDone: true, isFailed: false });
      } catch {
        if (!controller.signal.aborted) setMeasured((before) => ({ ...before, isDone: true, isFailed: true }));
      }
    };
    void count();
    return () => controller.abort();
  }, [server, key]);
  return measured;
}
