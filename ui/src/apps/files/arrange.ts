// Which items of a folder are shown, and in which order; while a folder is read new items are merged into those already sorted.
import { isFolder, sizeOf, type FileItem } from "../../api/folderItems";

export type SortBy = "name" | "size" | "modified" | "type" | "mode" | "owner" | "group";

export interface Order {
  by: SortBy;
  isDescending: boolean;
  showsHidden: boolean;
  /** Part of the name; empty: all. */
  filter: string;
}

export interface Arranged {
  items: readonly FileItem[];
  hiddenCount: number;
  /** The place of a path among the items. */
  indexOf: Pick<ReadonlyMap<string, number>, "get">;
}

/** Sorts what it is given; the same items with some more are sorted faster. */
export class Arranger {
  #source: readonly FileItem[] = [];
  #key = "";
  #order: Order | null = null;
  #shown: FileItem[] = [];
  #hiddenCount = 0;

  /** `key` stays while the items only grow. */
  arrange(items: readonly FileItem[], key: string, order: Order): Arranged {
    const isMore = key === this.#key && this.#order !== null && isSame(order, this.#order) && items.length >= this.#source.length;
    const fresh = isMore ? items.slice(this.#source.length) : items;
    const keep = fresh.filter((item) => isShown(item, order));
    this.#hiddenCount = (isMore ? this.#hiddenCount : 0) + (order.showsHidden ? 0 : fresh.reduce((count, item) => count + Number(item.name.startsWith(".")), 0));
    // A sorted run and another one are merged in one pass by the browser's own sort.
    const compare = comparer(order);
    this.#shown = isMore ? [...this.#shown, ...keep.toSorted(compare)].toSorted(compare) : keep.toSorted(compare);
    this.#source = items;
    this.#key = key;
    this.#order = order;
    return { items: this.#shown, hiddenCount: this.#hiddenCount, indexOf: placesOf(this.#shown) };
  }
}

/** Made when it is first asked, as most states of a folder that is being read are never asked. */
function placesOf(items: readonly FileItem[]): Arranged["indexOf"] {
  let places: Map<string, number> | null = null;
  return {
    get: (path) => {
      places ??= new Map(items.map((item, at) => [item.path, at]));
      return places.get(path);
    },
  };
}

function isShown(item: FileItem, order: Order): boolean {
  if (!order.showsHidden && item.name.startsWith(".")) return false;
  return order.filter === "" || item.name.toLowerCase().includes(order.filter.toLowerCase());
}

function isSame(one: Order, other: Order): boolean {
  return one.by === other.by && one.isDescending === other.isDescending && one.showsHidden === other.showsHidden && one.filter === other.filter;
}

/** Folders come first whichever way it is sorted; equal ones by their name. */
export function comparer({ by, isDescending }: Order): (one: FileItem, other: FileItem) => number {
  const value = VALUES[by];
  const sign = isDescending ? -1 : 1;
  return (one, other) => {
    const folders = Number(isFolder(other)) - Number(isFolder(one));
    if (folders !== 0) return folders;
    if (value !== null) {
      const left = value(one);
      const right = value(other);
      if (left !== right) return (left < right ? -1 : 1) * sign;
    }
    const names = one.sortName < other.sortName ? -1 : one.sortName > other.sortName ? 1 : one.path < other.path ? -1 : 1;
    return value === null ? names * sign : names;
  };
}

const VALUES: Record<SortBy, ((item: FileItem) => number | string) | null> = {
  name: null,
  size: (item) => sizeOf(item) ?? -1,
  modified: (item) => item.modifiedAt ?? -1,
  type: (item) => (item.name.lastIndexOf(".") > 0 ? item.name.slice(item.name.lastIndexOf(".")).toLowerCase() : ""),
  mode: (item) => item.mode ?? -1,
  owner: (item) => item.uid ?? -1,
  group: (item) => item.gid ?? -1,
};
