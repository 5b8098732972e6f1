// How the explorer speaks of files: "3 items", "notes.txt", "to logs".
import { formatClock, formatExact, formatMoment } from "../../lib/time";
import { nameOf } from "../../lib/remotePath";
import { visibleName, visibleText } from "../../lib/visibleText";
import { isBroken, isFolder, kindOf, type FileItem } from "../../api/folderItems";
import type { FileKind } from "../../api/fileTypes";
import { familyOf, familyWord } from "../../lib/fileFamily";
import type { FileIconProps } from "../../kit/FileIcon";

export function itemsWord(count: number): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? "item" : "items"}`;
}

/** The name of a single one, else how many. */
export function nameOrCount(paths: readonly string[]): string {
  const [first] = paths;
  return paths.length === 1 && first !== undefined ? visibleName(nameOf(first), 60) : itemsWord(paths.length);
}

/** A name short enough for a sentence. */
export function shown(name: string): string {
  return visibleText(name, 60);
}

/** A folder's name; the root's is "/". */
export function folderName(path: string): string {
  return shown(nameOf(path));
}

const KIND_WORDS: Record<FileKind, string> = {
  file: "File",
  folder: "Folder",
  link: "Link",
  fifo: "Named pipe",
  socket: "Socket",
  characterDevice: "Character device",
  blockDevice: "Block device",
  unknown: "Unknown",
};

export function kindWord(kind: FileKind): string {
  return KIND_WORDS[kind];
}

/** What an item is, in a few words. */
export function typeWord(item: FileItem): string {
  if (isBroken(item)) return "Broken link";
  const kind = kindOf(item);
  const word = kind === "file" ? familyWord(familyOf(item.name)) : KIND_WORDS[kind];
  return item.kind === "link" && kind !== "link" ? `Link to ${word.toLowerCase()}` : word;
}

/** How an item's icon looks. */
export function iconOf(item: FileItem): Omit<FileIconProps, "size"> {
  const kind = kindOf(item);
  const family = kind === "file" || kind === "link" || kind === "unknown" ? familyOf(item.name) : "device";
  return { kind: isFolder(item) ? "folder" : family, isLink: item.kind === "link", isBroken: isBroken(item) };
}

/** `14:03` today, `12 Nov 14:03` this year, else the date; `–` when it is not known. */
export function momentWord(seconds: number | null, nowMs: number): string {
  if (seconds === null) return "–";
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "–";
  const now = new Date(nowMs);
  const time = formatClock(date.toISOString(), true).slice(0, 5);
  if (date.toDateString() === now.toDateString()) return `Today ${time}`;
  const isThisYear = date.getFullYear() === now.getFullYear();
  const day = formatMoment(date, { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) });
  return isThisYear ? `${day} ${time}` : day;
}

export function exactMoment(seconds: number | null): string {
  return seconds === null || !Number.isFinite(seconds) || Math.abs(seconds) > 8e12 ? "–" : formatExact(new Date(seconds * 1000).toISOString());
}
