// Long work on files: it belongs to the program and goes on when the page is closed; while some of it is active the page asks how far it is.
import { useEffect } from "react";
import { create } from "zustand";
import { parentOf } from "../lib/remotePath";
import { request } from "./client";
import type { ConflictChoice, FileJob, FileJobRequest, TransferPriority } from "./fileTypes";
import { foldersChanged, parentsChanged } from "./folders";

const ACTIVE_MS = 300;
const IDLE_MS = 5000;
/** An answer that takes longer does not come any more. */
const ANSWER_MS = 10_000;
const ENDED = new Set(["done", "failed", "cancelled"]);

export const useFileJobs = create<{ jobs: readonly FileJob[] }>(() => ({ jobs: [] }));

/** Those who wait for the end of a job. */
const waiting = new Map<string, (job: FileJob) => void>();
/** The jobs that were asked to check what they bring, which they do not tell themselves. */
const verified = new Set<string>();
let followers = 0;
let timer: number | null = null;

export function isEnded(job: FileJob): boolean {
  return ENDED.has(job.state);
}

/** Keeps the jobs up to date while the component is shown. */
export function useFollowFileJobs(): void {
  useEffect(() => {
    followers += 1;
    void poll();
    return () => {
      followers -= 1;
    };
  }, []);
}

/** Begins a job; what goes for good by it is confirmed by the server's name. */
export async function startFileJob(wanted: FileJobRequest, confirm: string | null = null): Promise<FileJob> {
  const job = await request<FileJob>("POST", "/file-jobs", { ...wanted, confirm });
  if ("verify" in wanted && wanted.verify) verified.add(job.id);
  return addJob(job);
}

/** Whether all that a job brought was read back and compared, as far as this page has asked for it. */
export function isChecked(job: FileJob): boolean {
  // A move within a server may be a mere rename, which copies nothing.
  const isCopy = job.kind === "copy" || (job.kind === "move" && job.toServer !== null && job.toServer !== job.server);
  return job.state === "done" && isCopy && job.failureCount === 0 && job.filesDone > 0 && verified.has(job.id);
}

function addJob(job: FileJob): FileJob {
  taken([...useFileJobs.getState().jobs.filter((each) => each.id !== job.id), job]);
  pollIn(ACTIVE_MS);
  return job;
}

/** The job as it is when it has ended, however it does. */
export function fileJobEnd(job: FileJob): Promise<FileJob> {
  const known = useFileJobs.getState().jobs.find((each) => each.id === job.id) ?? job;
  if (isEnded(known)) return Promise.resolve(known);
  return new Promise((resolve) => waiting.set(job.id, resolve));
}

/** What is begun again is confirmed as a job that is begun. */
export async function controlFileJob(id: string, action: "pause" | "resume" | "cancel" | "retry" | TransferPriority, confirm: string | null = null): Promise<void> {
  addJob(await request<FileJob>("POST", `${path(id)}/control`, { action, confirm }));
}

export async function answerFileJob(id: string, answer: { path: string; choice: ConflictChoice; forAll: boolean; confirm: string | null }): Promise<void> {
  addJob(await request<FileJob>("POST", `${path(id)}/answer`, answer));
}

export async function forgetFileJob(id: string): Promise<void> {
  await request<undefined>("DELETE", path(id));
  verified.delete(id);
  useFileJobs.setState(({ jobs }) => ({ jobs: jobs.filter((each) => each.id !== id) }));
}

function path(id: string): string {
  return `/file-jobs/${encodeURIComponent(id)}`;
}

function pollIn(afterMs: number): void {
  if (timer !== null) window.clearTimeout(timer);
  timer = window.setTimeout(() => void poll(), afterMs);
}

async function poll(): Promise<void> {
  if (timer !== null) window.clearTimeout(timer);
  timer = null;
  try {
    taken((await request<{ jobs: FileJob[] }>("GET", "/file-jobs", undefined, AbortSignal.timeout(ANSWER_MS))).jobs);
  } catch {
    // The page says by itself when the program is not there; the next look comes anyway, also after an answer that hangs.
  }
  const isActive = useFileJobs.getState().jobs.some((job) => !isEnded(job));
  if (timer === null && (isActive || followers > 0)) pollIn(isActive ? ACTIVE_MS : IDLE_MS);
}

function taken(jobs: readonly FileJob[]): void {
  const before = useFileJobs.getState().jobs;
  const isSame = before.length === jobs.length && jobs.every((job, at) => isEnded(job) && before[at]?.id === job.id && before[at].state === job.state);
  if (isSame) return;
  useFileJobs.setState({ jobs });
  for (const job of jobs) {
    if (!isEnded(job) || before.some((each) => each.id === job.id && isEnded(each))) continue;
    refresh(job);
    waiting.get(job.id)?.(job);
    waiting.delete(job.id);
  }
}

/** Shows what an ended job has changed. */
function refresh(job: FileJob): void {
  if (job.kind !== "copy") parentsChanged(job.server, job.paths);
  if (job.kind === "attributes") foldersChanged(job.server, job.paths);
  const { toFolder } = job;
  if (toFolder !== null) foldersChanged(job.toServer ?? job.server, [toFolder, parentOf(toFolder)]);
}
