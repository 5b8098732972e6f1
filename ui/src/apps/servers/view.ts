// How the list of servers is looked at: order and closed folders outlast the page, what is searched for does not.
import { create } from "zustand";
import { isRecord, parseStored } from "../../lib/stored";
import type { Sort, View } from "./rows";

const STORAGE_KEY = "headlessos.servers";
const MOST_CLOSED = 500;
const SORTS: readonly Sort[] = ["own", "name", "address", "state", "lastSeen"];

export const useView = create<View>(() => ({ text: "", tags: new Set<string>(), ...kept() }));

export function setText(text: string): void {
  useView.setState({ text });
}

export function toggleTag(tag: string): void {
  useView.setState(({ tags }) => ({ tags: tags.has(tag) ? new Set([...tags].filter((each) => each !== tag)) : new Set([...tags, tag]) }));
}

export function clearFilter(): void {
  useView.setState({ text: "", tags: new Set() });
}

/** Sorts by a column, then the other way round, then in the order of one's own again. */
export function sortBy(column: Sort): void {
  const { sort, isDescending } = useView.getState();
  if (sort !== column) useView.setState({ sort: column, isDescending: false });
  else if (isDescending) useView.setState({ sort: "own", isDescending: false });
  else useView.setState({ isDescending: true });
  keep();
}

export function setFolderOpen(path: string, isOpen: boolean): void {
  useView.setState(({ closed }) => ({ closed: isOpen ? new Set([...closed].filter((each) => each !== path)) : new Set([...closed, path]) }));
  keep();
}

function keep(): void {
  const { sort, isDescending, closed } = useView.getState();
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify({ sort, isDescending, closed: [...closed].slice(0, MOST_CLOSED) }));
  } catch {
    // Storage is off: it holds for this page.
  }
}

function kept(): Pick<View, "sort" | "isDescending" | "closed"> {
  let stored: unknown = null;
  try {
    stored = parseStored(window.localStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    // Storage is off.
  }
  const found = isRecord(stored) ? stored : {};
  const closed = Array.isArray(found["closed"]) ? (found["closed"] as unknown[]).filter((path) => typeof path === "string") : [];
  return { sort: SORTS.find((sort) => sort === found["sort"]) ?? "own", isDescending: found["isDescending"] === true, closed: new Set(closed) };
}
