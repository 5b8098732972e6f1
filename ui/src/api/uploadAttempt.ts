// One attempt to send something, and what is done when it does not go through.
import { RequestError } from "./client";
import { offlineError } from "./errors";
import type { PathFailure } from "./fileTypes";
import { joinPath } from "../lib/remotePath";
import type { PlannedFile } from "./uploadPlan";
import type { Upload, UploadSource } from "./uploads";

/** Failures that are told by their names. */
export const MOST_FAILURES = 100;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 8000;
/** What passes by itself; a page without a session waits for its person to open the address of the program that was started again, in another tab. */
const PASSING = new Set(["offline", "lost", "notConnected", "timeout", "unreachable", "unauthorized", "locked"]);

/** Tries until it goes through or is stopped; `waits` is told when it has to be tried again. */
export async function untilThrough(attempt: () => Promise<void>, signal: AbortSignal, waits: () => void): Promise<void> {
  for (let retryMs = FIRST_RETRY_MS; !signal.aborted; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- each attempt comes after the one before
      await attempt();
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      if (!(thrown instanceof RequestError) || !isPassing(thrown.error)) throw thrown;
      waits();
      // oxlint-disable-next-line no-await-in-loop -- as above
      await new Promise((resolve) => window.setTimeout(resolve, retryMs));
    }
  }
}

export function isPassing(error: Pick<PathFailure["error"], "code"> | null): boolean {
  return error !== null && PASSING.has(error.code);
}

export function bytesOf(files: readonly PlannedFile[]): number {
  return files.reduce((sum, file) => sum + file.sizeBytes, 0);
}

/** What the program is told of a file before its bytes come. */
export function headerOf(file: PlannedFile): { path: string; sizeBytes: number; modifiedAt: number; replace: boolean; confirm?: string } {
  return { path: file.path, sizeBytes: file.sizeBytes, modifiedAt: Math.floor(file.file.lastModified / 1000), replace: file.replace, ...(file.confirm === null ? {} : { confirm: file.confirm }) };
}

/** A file that was changed or taken away cannot be read, which a request would only report as a lost connection. */
export async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Of a file that can be read no more, or never could. */
export function goneError(): PathFailure["error"] {
  return { ...offlineError(), code: "failed", message: "This computer does not let the file be read.", hint: "It may be for another user, or moved or changed since it was chosen." };
}

/** What of an upload this computer does not let be read. */
export function unreadableOf(folder: string, sources: readonly UploadSource[]): Pick<Upload, "failures" | "failureCount"> {
  const failures = sources.filter(({ isUnreadable }) => isUnreadable === true).map(({ relativePath }) => ({ path: joinPath(folder, relativePath), error: goneError() }));
  return { failures: failures.slice(0, MOST_FAILURES), failureCount: failures.length };
}
