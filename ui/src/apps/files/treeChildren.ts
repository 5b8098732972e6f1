// The folders within a folder, as the tree shows them: by name, and no more than a person looks through.
import { isFolder, type FileItem } from "../../api/folderItems";

/** A folder with more is not a tree to look through. */
const MOST_CHILDREN = 500;
/** So many names are put in order; of more the first that came are shown. */
const MOST_SORTED = 20_000;

export interface TreeChildren {
  folders: FileItem[];
  /** How many are not shown. */
  more: number;
}

export function childrenOf(items: readonly FileItem[], showsHidden: boolean): TreeChildren {
  const all = items.filter((item) => isFolder(item) && (showsHidden || !item.name.startsWith(".")));
  const some = all.length > MOST_SORTED ? all.slice(0, MOST_CHILDREN) : all;
  const folders = some.toSorted((one, other) => (one.sortName < other.sortName ? -1 : 1)).slice(0, MOST_CHILDREN);
  return { folders, more: all.length - folders.length };
}
