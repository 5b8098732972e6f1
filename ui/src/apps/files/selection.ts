// What is selected among the items, and how clicks and keys change it; pure.
import type { FileItem } from "../../api/folderItems";

export interface Selection {
  paths: ReadonlySet<string>;
  /** Where the keyboard is. */
  focus: string | null;
  /** Where a range starts. */
  anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { paths: new Set(), focus: null, anchor: null };

export function only(path: string): Selection {
  return { paths: new Set([path]), focus: path, anchor: path };
}

export function toggled(selection: Selection, path: string): Selection {
  const paths = new Set(selection.paths);
  if (!paths.delete(path)) paths.add(path);
  return { paths, focus: path, anchor: path };
}

/** Everything from the anchor to `path`; with `adds` what was selected before stays. */
export function extended(selection: Selection, items: readonly FileItem[], path: string, adds: boolean): Selection {
  const anchor = selection.anchor ?? path;
  const one = items.findIndex((item) => item.path === anchor);
  const other = items.findIndex((item) => item.path === path);
  if (other === -1) return selection;
  const from = one === -1 ? other : Math.min(one, other);
  const range = items.slice(from, Math.max(one, other) + 1).map((item) => item.path);
  return { paths: new Set(adds ? [...selection.paths, ...range] : range), focus: path, anchor: one === -1 ? path : anchor };
}

export function everything(selection: Selection, items: readonly FileItem[]): Selection {
  return { ...selection, paths: new Set(items.map((item) => item.path)) };
}

export function inverted(selection: Selection, items: readonly FileItem[]): Selection {
  return { ...selection, paths: new Set(items.filter((item) => !selection.paths.has(item.path)).map((item) => item.path)) };
}

/** The item a person means by typing the start of its name, from the focus on; a single letter typed again goes to the next. */
export function typedAhead(items: readonly FileItem[], focusAt: number, typed: string): number {
  const wanted = typed.toLowerCase();
  const isSame = wanted.length > 0 && wanted === wanted.slice(0, 1).repeat(wanted.length);
  const start = isSame && wanted.length > 1 ? wanted.slice(0, 1) : wanted;
  const from = wanted.length === 1 || start !== wanted ? focusAt + 1 : Math.max(0, focusAt);
  for (let step = 0; step < items.length; step += 1) {
    const at = (from + step) % items.length;
    if (items[at]?.name.toLowerCase().startsWith(start) === true) return at;
  }
  return -1;
}
