// Jobs of the program and uploads of the page as lines of one list; pure.
import { isEnded } from "../../../api/fileJobs";
import type { FileJob } from "../../../api/fileTypes";
import { isUploadEnded, type Upload } from "../../../api/uploads";
import { formatBytes, formatRate } from "../../../lib/bytes";
import { formatSpan } from "../../../lib/time";
import { nameOf } from "../../../lib/remotePath";
import { folderName, itemsWord, shown } from "../words";

const JOB_VERBS: Record<FileJob["kind"], readonly [string, string]> = {
  copy: ["Copying", "Copied"],
  move: ["Moving", "Moved"],
  delete: ["Deleting", "Deleted"],
  trash: ["Moving to the Recycle Bin", "Moved to the Recycle Bin"],
  restore: ["Restoring", "Restored"],
  emptyTrash: ["Emptying the Recycle Bin", "Emptied the Recycle Bin"],
  attributes: ["Changing", "Changed"],
};

/** "Copying 3 items to logs" */
export function jobTitle(job: FileJob): string {
  const verb = JOB_VERBS[job.kind][job.state === "done" ? 1 : 0];
  const [first] = job.paths;
  const what = job.pathCount === 1 && first !== undefined ? shown(nameOf(first)) : itemsWord(job.pathCount);
  if (job.kind === "emptyTrash") return verb;
  return `${verb.replace("Moving to", `Moving ${what} to`).replace("Moved to", `Moved ${what} to`)}${job.kind === "trash" ? "" : ` ${what}`}${job.toFolder === null ? "" : ` to ${folderName(job.toFolder)}`}`;
}

export function uploadTitle(upload: Upload): string {
  const [first] = upload.names;
  const what = upload.nameCount === 1 && first !== undefined ? shown(first) : itemsWord(upload.nameCount);
  return `${upload.state === "done" ? "Uploaded" : "Uploading"} ${what} to ${folderName(upload.folder)}`;
}

export interface Progress {
  bytesDone: number;
  bytesTotal: number | null;
  filesDone: number;
  filesTotal: number | null;
  bytesPerSecond: number;
}

/** 0 to 1 by bytes, by files where there are none; null while it counts. */
export function shareOf({ bytesDone, bytesTotal, filesDone, filesTotal }: Progress): number | null {
  if (bytesTotal !== null && bytesTotal > 0) return bytesDone / bytesTotal;
  if (filesTotal !== null && filesTotal > 0) return filesDone / filesTotal;
  return null;
}

/** "12 of 40 files, 3.10 MiB of 20.0 MiB, 1.20 MiB/s, 14 s left" */
export function progressWords(progress: Progress, isOver = false): string {
  const { bytesDone, bytesTotal, filesDone, filesTotal, bytesPerSecond } = progress;
  const parts = [filesTotal === null ? (isOver ? itemsWord(filesDone) : `${filesDone.toLocaleString("en-GB")} done, counting`) : `${filesDone.toLocaleString("en-GB")} of ${itemsWord(filesTotal)}`];
  if (bytesTotal !== null && bytesTotal > 0) parts.push(`${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`);
  if (bytesPerSecond > 0 && !isOver) {
    parts.push(formatRate(bytesPerSecond));
    if (bytesTotal !== null && bytesTotal > bytesDone) parts.push(`${formatSpan(Math.max(1, (bytesTotal - bytesDone) / bytesPerSecond))} left`);
  }
  return parts.join(", ");
}

export function isJobActive(job: FileJob): boolean {
  return !isEnded(job);
}

export function isUploadActive(upload: Upload): boolean {
  return !isUploadEnded(upload);
}

/** Whether a job is about a server: its own or the one it goes to. */
export function isAbout(job: FileJob, server: string): boolean {
  return job.server === server || job.toServer === server;
}
