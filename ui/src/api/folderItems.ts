// One thing in a folder as the views show it: what the server said of it, where its link leads, and the text it is sorted by.
import { joinPath } from "../lib/remotePath";
import { sortKey } from "../lib/sortKey";
import type { FileEntry, FileInfo, FileKind, FileLink, FoundFile, FoundLine } from "./fileTypes";

export interface FileItem extends FileEntry {
  path: string;
  sortName: string;
  /** Where it leads; null for what is no link, and until it is known. */
  link: FileLink | null;
  /** What was found in it, where it was found by its content. */
  lines?: readonly FoundLine[];
}

export function itemOf(folder: string, entry: FileEntry): FileItem {
  return { ...entry, path: joinPath(folder, entry.name), sortName: sortKey(entry.name), link: null };
}

export function itemFound(found: FoundFile): FileItem {
  return { ...found, sortName: sortKey(found.name), link: null };
}

export function itemOfInfo(name: string, info: FileInfo): FileItem {
  const link = info.kind === "link" ? { name, target: info.target, kind: info.targetKind, sizeBytes: null } : null;
  return { ...info, name, sortName: sortKey(name), link };
}

/** Folders and links that lead to one. */
export function isFolder(item: FileItem): boolean {
  return kindOf(item) === "folder";
}

/** What it is, seen through a link. */
export function kindOf(item: FileItem): FileKind {
  return item.kind === "link" ? (item.link?.kind ?? "link") : item.kind;
}

export function isBroken(item: FileItem): boolean {
  return item.kind === "link" && item.link !== null && item.link.kind === null;
}

/** The size people mean: a link's is that of what it leads to, a folder has none. */
export function sizeOf(item: FileItem): number | null {
  if (isFolder(item)) return null;
  return item.kind === "link" ? (item.link?.sizeBytes ?? null) : item.sizeBytes;
}
