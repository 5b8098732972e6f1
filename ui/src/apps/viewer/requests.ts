// The file that others asked to see, the last one of each server; the viewer shows one file at a time.
import { create } from "zustand";

export interface Shown {
  path: string;
  /** Grows with every request, so that the same file asked for again is read again. */
  request: number;
}

export const useShownFiles = create<{ files: Readonly<Record<string, Shown>> }>(() => ({ files: {} }));

export function requestView(server: string, path: string): void {
  useShownFiles.setState(({ files }) => ({ files: { ...files, [server]: { path, request: (shownOf(files, server)?.request ?? 0) + 1 } } }));
}

/** The file that is shown for a server, null where none was asked for. */
export function useShownFile(server: string): Shown | null {
  return useShownFiles(({ files }) => shownOf(files, server));
}

function shownOf(files: Readonly<Record<string, Shown>>, server: string): Shown | null {
  return Object.hasOwn(files, server) ? (files[server] ?? null) : null;
}
