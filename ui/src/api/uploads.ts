// The uploads of this page: what each one brings, how far it is and what can be done with it; the files lie in the browser, so they end with the page.
import { create } from "zustand";
import type { ConflictChoice, FileInfo, PathFailure, TransferPriority } from "./fileTypes";
import { arrange } from "./uploadQueue";
import { UploadRun } from "./uploadRun";

/** A file or folder of this computer and where on the server it goes. */
export interface UploadSource {
  /** Below the target folder: `photos/a.jpg`. */
  relativePath: string;
  /** Null for a folder. */
  file: File | null;
  /** This computer does not let it be read: it is told as a failure. */
  isUnreadable?: boolean;
}

export interface UploadConflict {
  relativePath: string;
  file: File;
  sizeBytes: number;
  /** Milliseconds since 1970. */
  modifiedAtMs: number;
  there: FileInfo;
}

export type UploadState = "checking" | "asking" | "queued" | "running" | "waiting" | "paused" | "done" | "failed" | "cancelled";

export interface Upload {
  id: string;
  server: string;
  folder: string;
  /** The names at the top, the first three. */
  names: readonly string[];
  nameCount: number;
  state: UploadState;
  priority: TransferPriority;
  /** The next file whose name is taken, and how many more there are. */
  conflict: UploadConflict | null;
  conflictCount: number;
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  bytesTotal: number;
  bytesPerSecond: number;
  skipped: number;
  failures: readonly PathFailure[];
  failureCount: number;
}

export const useUploads = create<{ uploads: readonly Upload[] }>(() => ({ uploads: [] }));

const runs = new Map<string, UploadRun>();
let lastId = 0;

/** Starts to bring files and folders into a folder of a server. */
export function startUpload(server: string, folder: string, sources: readonly UploadSource[]): Promise<Upload> {
  lastId += 1;
  const id = `upload${lastId}`;
  const run = new UploadRun(id, server, folder, sources, (upload) => {
    useUploads.setState(({ uploads }) => {
      const isKnown = uploads.some((each) => each.id === id);
      return { uploads: isKnown ? uploads.map((each) => (each.id === id ? upload : each)) : [...uploads, upload] };
    });
    nextTurns();
  });
  runs.set(id, run);
  window.addEventListener("beforeunload", warn);
  return run.start();
}

/** Lets those work whose turn it is; each one that begins or is held says so, and this is called again. */
function nextTurns(): void {
  const { begin, hold } = arrange(useUploads.getState().uploads);
  const [held] = hold;
  const [begun] = begin;
  if (held !== undefined) runs.get(held.id)?.pause("queued");
  else if (begun !== undefined) runs.get(begun.id)?.begin();
}

export function prioritizeUpload(id: string, priority: TransferPriority): void {
  runs.get(id)?.prioritize(priority);
}

export function pauseUpload(id: string): void {
  runs.get(id)?.pause("paused");
}

export function resumeUpload(id: string): void {
  runs.get(id)?.resume();
}

export function cancelUpload(id: string): void {
  runs.get(id)?.cancel();
}

/** Tries what failed once more. */
export function retryUpload(id: string): void {
  runs.get(id)?.retry();
}

/** `confirm`: the server's name, where what is there may be lost on a production server. */
export function answerUpload(id: string, choice: ConflictChoice, forAll: boolean, confirm: string | null): void {
  runs.get(id)?.answer(choice, forAll, confirm);
}

export function forgetUpload(id: string): void {
  runs.delete(id);
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((each) => each.id !== id) }));
}

export function isUploadEnded(upload: Upload): boolean {
  return upload.state === "done" || upload.state === "failed" || upload.state === "cancelled";
}

/** The browser asks before it closes a page whose files are on their way. */
function warn(event: BeforeUnloadEvent): void {
  if (useUploads.getState().uploads.every(isUploadEnded)) window.removeEventListener("beforeunload", warn);
  else event.preventDefault();
}
