// One upload from its first look at the server to its last file: small files go many in a request, large ones alone; what is cut off is taken up where it stopped.
import { asErrorBody, RequestError } from "./client";
import { fileInfos } from "./files";
import type { ConflictChoice, PathFailure, TransferPriority } from "./fileTypes";
import { foldersChanged } from "./folders";
import { joinPath, nameOf, parentOf } from "../lib/remotePath";
import { Turns } from "../lib/turns";
import { Rate } from "../lib/rate";
import { offlineError } from "./errors";
import { batches, frameHead } from "./uploadFrames";
import { bytesOf, goneError, headerOf, isPassing, isReadable, MOST_FAILURES, unreadableOf, untilThrough } from "./uploadAttempt";
import { planUpload, settle, type PlannedFile } from "./uploadPlan";
import { receivedBytes, sendFrames } from "./uploadRequest";
import type { Upload, UploadSource, UploadState } from "./uploads";

const LARGE_BYTES = 1024 * 1024;
const BATCH_BYTES = 16 * 1024 * 1024;
const BATCH_FILES = 500;
const MOST_REQUESTS = 3;
/** Of all uploads together. */
const requests = new Turns(MOST_REQUESTS);
const PUBLISH_MS = 120;
export class UploadRun {
  #upload: Upload;
  #stop = new AbortController();
  /** What is still to be sent. */
  #plan = new Set<PlannedFile>();
  #folders: readonly string[] = [];
  #conflicts: PlannedFile[] = [];
  #failed: PlannedFile[] = [];
  #sentBytes = new Map<PlannedFile, number>();
  /** What was sent in a request that may have broken off behind it. */
  #begun = new Set<PlannedFile>();
  #doneBytes = 0;
  readonly #rate = new Rate();
  #timer: number | null = null;
  #end: (upload: Upload) => void = () => undefined;
  readonly #ended: Promise<Upload>;

  constructor(
    id: string,
    readonly server: string,
    readonly folder: string,
    readonly sources: readonly UploadSource[],
    readonly publish: (upload: Upload) => void,
  ) {
    const names = [...new Set(sources.map((source) => source.relativePath.split("/", 1)[0] ?? ""))];
    const files = sources.filter((source) => source.file !== null);
    const bytesTotal = files.reduce((sum, source) => sum + (source.file?.size ?? 0), 0);
    const counts = { filesDone: 0, filesTotal: files.length, bytesDone: 0, bytesTotal, bytesPerSecond: 0, skipped: 0, ...unreadableOf(folder, sources) };
    this.#upload = { id, server, folder, names: names.slice(0, 3), nameCount: names.length, state: "checking", priority: "normal", conflict: null, conflictCount: 0, ...counts };
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Resolves when it has ended, however it does. */
  start(): Promise<Upload> {
    this.publish(this.#upload);
    void this.#check();
    return this.#ended;
  }

  /** By a person, or until it is its turn again. */
  pause(state: "paused" | "queued"): void {
    if (this.#upload.state !== "running" && this.#upload.state !== "waiting" && this.#upload.state !== "queued") return;
    this.#stop.abort();
    this.#change({ state, bytesPerSecond: 0 });
  }

  resume(): void {
    if (this.#upload.state === "paused") this.#change({ state: "queued" });
  }

  /** It is its turn. */
  begin(): void {
    if (this.#upload.state === "queued") void this.#send();
  }

  prioritize(priority: TransferPriority): void {
    this.#change({ priority });
  }

  cancel(): void {
    this.#stop.abort();
    this.#finish("cancelled");
  }

  retry(): void {
    if (this.#upload.state !== "failed") return;
    this.#plan = new Set(this.#failed);
    this.#failed = [];
    this.#change(unreadableOf(this.folder, this.sources));
    // Nothing was sent yet: the look at the server failed.
    if (this.#plan.size === 0 && this.#upload.filesDone === 0) void this.#check();
    else this.#change({ state: "queued" });
  }

  answer(choice: ConflictChoice, forAll: boolean, confirm: string | null): void {
    const settled = this.#conflicts.splice(0, forAll ? this.#conflicts.length : 1);
    const own = new Set([...this.#plan].map((each) => each.path));
    let skipped = 0;
    for (const file of settled) {
      if (settle(file, choice, confirm, (path) => own.has(path) || this.#isThere.has(path))) {
        own.add(file.path);
        this.#plan.add(file);
      } else skipped += 1;
    }
    this.#change({ skipped: this.#upload.skipped + skipped });
    this.#askNext();
  }

  /** Paths known to be taken, so that a new name is a free one. */
  #isThere = new Set<string>();

  async #check(): Promise<void> {
    this.#stop = new AbortController();
    this.#change({ state: "checking" });
    try {
      const plan = await planUpload(this.server, this.folder, this.sources, this.#stop.signal);
      this.#folders = plan.folders;
      this.#plan = new Set(plan.files.filter((file) => file.there === null));
      this.#conflicts = plan.files.filter((file) => file.there !== null);
      await this.#lookForNames();
      this.#askNext();
    } catch (thrown) {
      if (this.#stop.signal.aborted) return;
      this.#fail({ path: this.folder, error: asErrorBody(thrown) });
      this.#finish("failed");
    }
  }

  /** The numbered names beside each conflict may be taken as well. */
  async #lookForNames(): Promise<void> {
    const candidates = this.#conflicts.slice(0, 200).flatMap((file) => {
      const above = parentOf(file.path);
      const match = /^(.+?)((?:\.tar)?\.[^.\s]{1,12})?$/u.exec(nameOf(file.path));
      return [2, 3, 4, 5].map((count) => joinPath(above, `${match?.[1] ?? ""} ${count}${match?.[2] ?? ""}`));
    });
    const infos = await fileInfos(this.server, candidates, this.#stop.signal);
    this.#isThere = new Set([...this.#conflicts.map((file) => file.path), ...candidates.filter((_path, at) => (infos[at] ?? null) !== null)]);
  }

  #askNext(): void {
    const next = this.#conflicts[0];
    if (next?.there === undefined || next.there === null) {
      this.#change({ state: "queued", conflict: null, conflictCount: 0 });
      return;
    }
    const { relativePath, sizeBytes, file, there } = next;
    this.#change({ state: "asking", conflict: { relativePath, file, sizeBytes, modifiedAtMs: file.lastModified, there }, conflictCount: this.#conflicts.length });
  }

  async #send(): Promise<void> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#change({ state: "running" });
    try {
      await this.#sendFolders(signal);
      const plan = [...this.#plan];
      const small = plan.filter((file) => file.sizeBytes < LARGE_BYTES);
      const large = plan.filter((file) => file.sizeBytes >= LARGE_BYTES);
      const work = [...batches(small, BATCH_BYTES, BATCH_FILES).map((batch) => () => this.#sendBatch(batch, signal)), ...large.map((file) => () => this.#sendLarge(file, signal))];
      await Promise.all(Array.from({ length: MOST_REQUESTS }, () => this.#work(work, signal)));
      if (!signal.aborted) this.#finish(this.#upload.failureCount > 0 ? "failed" : "done");
    } catch (thrown) {
      if (signal.aborted) return;
      this.#stop.abort();
      this.#fail({ path: this.folder, error: asErrorBody(thrown) });
      this.#failed = [...this.#plan];
      this.#finish("failed");
    }
  }

  /** Takes one piece of work after the other; what is cut off is tried until it goes through. */
  async #work(work: (() => Promise<void>)[], signal: AbortSignal): Promise<void> {
    for (let next = work.shift(); next !== undefined && !signal.aborted; next = work.shift()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the purpose
      await this.#untilThrough(next, signal);
    }
  }

  async #untilThrough(attempt: () => Promise<void>, signal: AbortSignal): Promise<void> {
    await untilThrough(() => requests.run(attempt), signal, () => this.#change({ state: "waiting", bytesPerSecond: 0 }));
    if (!signal.aborted) this.#change({ state: "running" });
  }

  async #sendFolders(signal: AbortSignal): Promise<void> {
    if (this.#folders.length === 0) return;
    const body = new Blob(this.#folders.map((path) => frameHead({ path, folder: true })));
    await this.#untilThrough(async () => {
      const results = await sendFrames(this.server, body, signal, () => undefined);
      for (const { path, error } of results) if (error !== null && error.code !== "alreadyExists") this.#fail({ path, error });
    }, signal);
    this.#folders = [];
  }

  async #sendBatch(batch: readonly PlannedFile[], signal: AbortSignal): Promise<void> {
    const left = await this.#withoutArrived(batch.filter((file) => this.#plan.has(file)), signal);
    const readable = await Promise.all(left.map((file) => isReadable(file.file)));
    const sent = left.filter((file, at) => readable[at] === true || this.#fileIsGone(file));
    if (sent.length === 0) return;
    const body = new Blob(sent.flatMap((file) => [frameHead({ ...headerOf(file), offset: 0, length: file.sizeBytes }), file.file]));
    let counted = 0;
    const count = (bytes: number) => {
      this.#doneBytes += bytes - counted;
      counted = bytes;
      this.#publishSoon();
    };
    const total = bytesOf(sent);
    const results = await sendFrames(this.server, body, signal, (bytes) => count(Math.min(bytes, total))).catch((thrown: unknown) => {
      count(0);
      throw thrown;
    });
    const lost = sent.filter((_file, at) => isPassing(results[at]?.error ?? null));
    count(total - bytesOf(lost));
    for (const [at, file] of sent.entries()) if (!lost.includes(file)) this.#fileIsThrough(file, results[at]?.error ?? null);
    // Those are sent again.
    const error = results.find((result) => isPassing(result.error))?.error;
    if (error !== undefined && error !== null) throw new RequestError({ ...offlineError(), ...error }, 200);
  }

  /** What is still to be sent of these: a request that broke off may have put some in their places. */
  async #withoutArrived(files: readonly PlannedFile[], signal: AbortSignal): Promise<readonly PlannedFile[]> {
    const doubtful = files.filter((file) => this.#begun.has(file) && !file.replace);
    for (const file of files) this.#begun.add(file);
    if (doubtful.length === 0) return files;
    const infos = await fileInfos(this.server, doubtful.map((file) => file.path), signal);
    const arrived = new Set(doubtful.filter((file, at) => infos[at]?.sizeBytes === file.sizeBytes && infos[at]?.modifiedAt === headerOf(file).modifiedAt));
    for (const file of arrived) {
      this.#doneBytes += file.sizeBytes - (this.#sentBytes.get(file) ?? 0);
      this.#fileIsThrough(file, null);
    }
    return files.filter((file) => !arrived.has(file));
  }

  async #sendLarge(file: PlannedFile, signal: AbortSignal): Promise<void> {
    if ((await this.#withoutArrived([file], signal)).length === 0) return;
    if (!(await isReadable(file.file))) {
      this.#fileIsGone(file);
      return;
    }
    const offset = this.#sentBytes.has(file) ? Math.min(await receivedBytes(this.server, headerOf(file), signal), file.sizeBytes) : 0;
    const header = { ...headerOf(file), offset, length: file.sizeBytes - offset };
    const count = (bytes: number) => {
      this.#doneBytes += offset + bytes - (this.#sentBytes.get(file) ?? 0);
      this.#sentBytes.set(file, offset + bytes);
      this.#publishSoon();
    };
    count(0);
    const [result] = await sendFrames(this.server, offset === 0 ? file.file : file.file.slice(offset), signal, count, header);
    if (result !== undefined && result.error !== null && isPassing(result.error)) throw new RequestError({ ...offlineError(), ...result.error }, 200);
    count(file.sizeBytes - offset);
    this.#fileIsThrough(file, result?.error ?? null);
  }

  #fileIsThrough(file: PlannedFile, error: PathFailure["error"] | null): void {
    this.#plan.delete(file);
    if (error === null) this.#upload = { ...this.#upload, filesDone: this.#upload.filesDone + 1 };
    else {
      this.#failed.push(file);
      this.#fail({ path: file.path, error });
    }
    this.#publishSoon();
  }

  #fileIsGone(file: PlannedFile): false {
    this.#fileIsThrough(file, goneError());
    return false;
  }

  #fail(failure: PathFailure): void {
    const { failures, failureCount } = this.#upload;
    this.#change({ failures: [...failures, failure].slice(0, MOST_FAILURES), failureCount: failureCount + 1 });
  }

  #finish(state: UploadState): void {
    this.#change({ state, conflict: null, bytesPerSecond: 0 });
    foldersChanged(this.server, [this.folder, ...new Set(this.sources.slice(0, 2000).map((source) => parentOf(joinPath(this.folder, source.relativePath))))]);
    this.#end(this.#upload);
  }

  #change(change: Partial<Upload>): void {
    this.#upload = { ...this.#upload, ...change };
    this.#publishNow();
  }

  #publishSoon(): void {
    this.#timer ??= window.setTimeout(() => this.#publishNow(), PUBLISH_MS);
  }

  #publishNow(): void {
    if (this.#timer !== null) window.clearTimeout(this.#timer);
    this.#timer = null;
    const bytesPerSecond = this.#upload.state === "running" ? this.#rate.at(this.#doneBytes, performance.now()) : 0;
    this.#upload = { ...this.#upload, bytesDone: this.#doneBytes, bytesPerSecond };
    this.publish(this.#upload);
  }
}
