// One folder as it is read: lines of the stream go into a plain array, and whoever looks gets a new snapshot at most every tenth of a second.
import { asErrorBody } from "./client";
import { cutOff, fileInfos, stream } from "./files";
import { itemOf, type FileItem } from "./folderItems";
import type { Account, FileEntry, FileLink } from "./fileTypes";
import type { ErrorBody } from "./types";

const FIRST_SNAPSHOT_MS = 30;
const SNAPSHOT_MS = 100;

export interface FolderSnapshot {
  path: string;
  items: readonly FileItem[];
  /** Snapshots of one generation only grow; a new one begins when what is there has changed. */
  generation: number;
  status: "loading" | "ready" | "failed";
  /** Why it could not be read (again); what was read before stays. */
  error: ErrorBody | null;
  users: ReadonlyMap<number, string>;
  groups: ReadonlyMap<number, string>;
  /** When it was last read to the end, by the page's clock. */
  readAtMs: number | null;
}

export const NO_NAMES: ReadonlyMap<number, string> = new Map();

interface Line {
  entries?: FileEntry[];
  links?: FileLink[];
  users?: Account[];
  groups?: Account[];
  done?: { count: number };
}

export class Folder {
  snapshot: FolderSnapshot;
  /** When it was last asked for, to forget the oldest. */
  usedAtMs = Date.now();
  /** The folder's own time as it was when the last reading began, null where it has none; undefined: not known. */
  modifiedAt: number | null | undefined;
  readonly #listeners = new Set<() => void>();
  #reading: AbortController | null = null;

  constructor(
    readonly server: string,
    readonly path: string,
  ) {
    this.snapshot = { path, items: [], generation: 0, status: "loading", error: null, users: NO_NAMES, groups: NO_NAMES, readAtMs: null };
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.usedAtMs = Date.now();
    return () => {
      this.#listeners.delete(listener);
      this.usedAtMs = Date.now();
      // A folder left while it is read is not read to its end.
      if (!this.isWatched) window.setTimeout(() => !this.isWatched && this.#reading?.abort(), 400);
    };
  }

  /** Reads it from the start; what was read before stays on the page until the new state is whole. */
  async read(): Promise<void> {
    this.#reading?.abort();
    const controller = new AbortController();
    this.#reading = controller;
    const isFirst = this.snapshot.readAtMs === null;
    const generation = this.snapshot.generation + 1;
    const read: Reading = { items: [], links: new Map(), users: new Map(), groups: new Map(), isDone: false };
    let timer: number | null = null;
    const publishSoon = (afterMs: number) => {
      timer ??= window.setTimeout(() => {
        timer = null;
        if (this.#reading === controller) this.#publish({ items: read.items.slice(), generation });
      }, afterMs);
    };
    if (isFirst) this.#publish({ items: [], generation, status: "loading", error: null });
    const modifiedAt = fileInfos(this.server, [this.path], controller.signal).then(
      ([info]) => info?.modifiedAt ?? null,
      () => undefined,
    );
    try {
      await stream(this.server, "list", { path: this.path }, controller.signal, (value) => {
        take(read, this.path, value as Line);
        if (isFirst && read.items.length > 0) publishSoon(this.snapshot.items.length === 0 ? FIRST_SNAPSHOT_MS : SNAPSHOT_MS);
      });
      if (!read.isDone) cutOff();
      if (this.#reading !== controller) return;
      this.modifiedAt = await modifiedAt;
      if (this.#reading !== controller) return;
      const items = withLinks(read);
      this.#publish({ items, generation: generation + 1, status: "ready", error: null, users: read.users, groups: read.groups, readAtMs: Date.now() });
    } catch (thrown) {
      if (this.#reading !== controller) return;
      this.#reading = null;
      if (controller.signal.aborted) this.snapshot = { ...this.snapshot, status: isFirst ? "loading" : "ready" };
      else this.#publish({ status: "failed", error: asErrorBody(thrown) });
    } finally {
      if (timer !== null) window.clearTimeout(timer);
      if (this.#reading === controller) this.#reading = null;
    }
  }

  get isReading(): boolean {
    return this.#reading !== null;
  }

  #publish(change: Partial<FolderSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

interface Reading {
  items: FileItem[];
  links: Map<string, FileLink>;
  users: Map<number, string>;
  groups: Map<number, string>;
  isDone: boolean;
}

function take(read: Reading, folder: string, line: Line): void {
  for (const entry of line.entries ?? []) read.items.push(itemOf(folder, entry));
  for (const link of line.links ?? []) read.links.set(link.name, link);
  for (const { id, name } of line.users ?? []) read.users.set(id, name);
  for (const { id, name } of line.groups ?? []) read.groups.set(id, name);
  if (line.done !== undefined) read.isDone = true;
}

function withLinks({ items, links }: Reading): FileItem[] {
  return links.size === 0 ? items : items.map((item) => (item.kind === "link" ? { ...item, link: links.get(item.name) ?? null } : item));
}
