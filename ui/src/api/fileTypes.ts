// The shapes of files, transfers and the Recycle Bin on the wire, as the contract between page and program has them.
import type { ErrorBody } from "./types";

export type FileKind = "file" | "folder" | "link" | "fifo" | "socket" | "characterDevice" | "blockDevice" | "unknown";

export interface FileEntry {
  name: string;
  kind: FileKind;
  sizeBytes: number | null;
  /** The twelve permission bits. */
  mode: number | null;
  uid: number | null;
  gid: number | null;
  /** Seconds since 1970, UTC. */
  modifiedAt: number | null;
}

/** Where a link leads; `kind` is null when it leads nowhere. */
export interface FileLink {
  name: string;
  target: string | null;
  kind: FileKind | null;
  sizeBytes: number | null;
}

export interface Account {
  id: number;
  name: string;
}

export interface FileInfo extends Omit<FileEntry, "name"> {
  path: string;
  accessedAt: number | null;
  target: string | null;
  targetKind: FileKind | null;
  user: string | null;
  group: string | null;
}

export interface Space {
  totalBytes: number;
  availableBytes: number;
  usedBytes: number;
  files: number;
  freeFiles: number;
  readOnly: boolean;
}

export interface Home {
  path: string;
  /** Whether there is a Recycle Bin that can be used. */
  trash: boolean;
}

export interface PathFailure {
  path: string;
  error: ErrorBody;
}

export interface Measure {
  files: number;
  folders: number;
  bytes: number;
}

/** A line of a file that was found by its content. */
export interface FoundLine {
  /** Its number, from 1. */
  line: number;
  /** Its beginning, at most a thousand bytes. */
  text: string;
}

/** The most lines that are told of one file. */
export const MOST_LINES = 100;
/** A line with as many bytes may have been cut off. */
export const MOST_LINE_BYTES = 1000;

export interface FoundFile extends FileEntry {
  path: string;
  /** Of a search in content: the first lines that fit. */
  lines?: readonly FoundLine[];
}

/** What is looked for in files. */
export interface SearchText {
  text: string;
  /** It is an extended regular expression (POSIX). */
  regex: boolean;
  /** Upper and lower case of ASCII letters are the same. */
  anyCase: boolean;
}

export interface FileSearch {
  /** The folder, with all below. */
  path: string;
  /** A part of the name; empty: any. */
  name: string;
  content: SearchText | null;
  hidden: boolean;
  limit: number;
}

export interface Attributes {
  paths: readonly string[];
  recursive: boolean;
  fileMode: number | null;
  folderMode: number | null;
  uid: number | null;
  gid: number | null;
  modifiedAt: number | null;
}

export type Conflict = "ask" | "skip" | "replace" | "rename" | "newer";
export type ConflictChoice = Exclude<Conflict, "ask">;

export type FileJobRequest =
  | { kind: "copy" | "move"; server: string; paths: readonly string[]; toServer: string; toFolder: string; toNames?: readonly string[]; conflict?: Conflict; verify?: boolean }
  | { kind: "delete" | "trash"; server: string; paths: readonly string[] }
  | { kind: "restore"; server: string; trashed: readonly string[] }
  | { kind: "emptyTrash"; server: string; trashed: readonly string[] | null }
  | ({ kind: "attributes"; server: string } & Attributes);

export type TransferPriority = "high" | "normal" | "low";

export type FileJobState = "queued" | "waiting" | "running" | "paused" | "asking" | "done" | "failed" | "cancelled";

export interface FileJob {
  id: string;
  kind: FileJobRequest["kind"];
  server: string;
  toServer: string | null;
  /** The first three. */
  paths: string[];
  pathCount: number;
  toFolder: string | null;
  state: FileJobState;
  /** Only copies and moves wait for each other. */
  priority: TransferPriority;
  /** It is paused because the program ended while it was at work. */
  interrupted: boolean;
  question: { path: string; from: FileInfo; to: FileInfo } | null;
  filesDone: number;
  /** Null while it still counts. */
  filesTotal: number | null;
  bytesDone: number;
  bytesTotal: number | null;
  bytesPerSecond: number;
  current: string | null;
  /** The first hundred. */
  failures: PathFailure[];
  failureCount: number;
  skipped: number;
  /** Seconds since 1970. */
  startedAt: number;
  endedAt: number | null;
  /** Of a finished move to the Recycle Bin: what takes it back. */
  trashed: string[];
}

export interface TrashedFile {
  id: string;
  name: string;
  originalPath: string;
  /** The server's local time, `YYYY-MM-DDThh:mm:ss`. */
  deletedAt: string | null;
  kind: FileKind;
  sizeBytes: number | null;
}

export interface Trash {
  items: TrashedFile[];
  problems: string[];
}
