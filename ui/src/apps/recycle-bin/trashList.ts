// The deleted items in order, and what is said about each; pure.
import type { TrashedFile } from "../../api/fileTypes";
import { nameOf, parentOf } from "../../lib/remotePath";
import { sortKey } from "../../lib/sortKey";

export type TrashSort = "name" | "place" | "deleted" | "size";

export interface TrashOrder {
  by: TrashSort;
  isDescending: boolean;
  filter: string;
}

export function arranged(items: readonly TrashedFile[], { by, isDescending, filter }: TrashOrder): TrashedFile[] {
  const wanted = filter.toLowerCase();
  const sign = isDescending ? -1 : 1;
  const keyed = items
    .filter((item) => wanted === "" || item.originalPath.toLowerCase().includes(wanted) || item.name.toLowerCase().includes(wanted))
    .map((item) => ({ item, key: keyOf(item, by) }));
  return keyed.toSorted((one, other) => (one.key < other.key ? -sign : one.key > other.key ? sign : one.item.id < other.item.id ? -1 : 1)).map(({ item }) => item);
}

function keyOf(item: TrashedFile, by: TrashSort): string | number {
  if (by === "size") return item.sizeBytes ?? -1;
  if (by === "deleted") return item.deletedAt ?? "";
  return sortKey(by === "name" ? shownName(item) : parentOf(item.originalPath));
}

/** The name it had, which need not be that of the file in the bin. */
export function shownName(item: TrashedFile): string {
  return item.originalPath === "" ? item.name : nameOf(item.originalPath);
}

/** What the files hold; what is in folders is not known. */
export function bytesIn(items: readonly TrashedFile[]): number {
  return items.reduce((sum, item) => sum + (item.kind === "folder" ? 0 : (item.sizeBytes ?? 0)), 0);
}

/** `2026-11-25T14:03:22`, the server's own time, as `25 Nov 2026, 14:03`; what is none stays as it is. */
export function deletedWord(deletedAt: string | null): string {
  if (deletedAt === null) return "–";
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(deletedAt);
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Number(match?.[2]) - 1];
  return match === null || month === undefined ? deletedAt : `${Number(match[3])} ${month} ${match[1]}, ${match[4]}:${match[5]}`;
}
