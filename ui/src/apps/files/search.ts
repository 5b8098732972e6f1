// A search below a folder, by tab: what was found so far and whether it still looks.
import { create } from "zustand";
import { asErrorBody } from "../../api/client";
import { fileInfos, searchFiles, type SearchEnd } from "../../api/files";
import { itemFound, type FileItem } from "../../api/folderItems";
import type { ErrorBody } from "../../api/types";

const MOST_FOUND = 5000;
const PUBLISH_MS = 100;

export interface Search {
  id: number;
  folder: string;
  name: string;
  items: readonly FileItem[];
  /** How it ended; null while it looks. */
  end: SearchEnd | null;
  error: ErrorBody | null;
}

export const useSearches = create<Readonly<Record<string, Search>>>(() => ({}));

const running = new Map<string, AbortController>();
let lastId = 0;

export async function startSearch(server: string, tab: string, folder: string, name: string, hidden: boolean): Promise<void> {
  stopSearch(tab);
  const controller = new AbortController();
  running.set(tab, controller);
  lastId += 1;
  const found: FileItem[] = [];
  let search: Search = { id: lastId, folder, name, items: [], end: null, error: null };
  let timer: number | null = null;
  const publish = (change: Partial<Search>) => {
    if (timer !== null) window.clearTimeout(timer);
    timer = null;
    search = { ...search, items: found.slice(), ...change };
    if (!controller.signal.aborted) useSearches.setState({ [tab]: search });
  };
  publish({});
  try {
    const end = await searchFiles(server, { path: folder, name, hidden, limit: MOST_FOUND }, controller.signal, (items) => {
      for (const item of items) found.push(itemFound(item));
      timer ??= window.setTimeout(() => publish({}), PUBLISH_MS);
    });
    publish({ end });
  } catch (thrown) {
    if (!controller.signal.aborted) publish({ error: asErrorBody(thrown) });
  }
}

/** Takes off the results what is not there any more after something was done to these paths. */
export async function recheckFound(server: string, paths: readonly string[]): Promise<void> {
  const wanted = new Set(paths);
  const shown = Object.values(useSearches.getState()).flatMap((search) => search.items.filter((item) => wanted.has(item.path)).map((item) => item.path));
  if (shown.length === 0) return;
  const infos = await fileInfos(server, shown).catch(() => []);
  const gone = new Set(shown.filter((_path, at) => infos[at] === null));
  if (gone.size === 0) return;
  const left = Object.entries(useSearches.getState()).map(([tab, search]) => {
    lastId += 1;
    return [tab, { ...search, id: lastId, items: search.items.filter((item) => !gone.has(item.path)) }] as const;
  });
  useSearches.setState(Object.fromEntries(left));
}

/** Ends a search and forgets what it found. */
export function stopSearch(tab: string): void {
  running.get(tab)?.abort();
  running.delete(tab);
  if (useSearches.getState()[tab] !== undefined) {
    useSearches.setState(Object.fromEntries(Object.entries(useSearches.getState()).filter(([each]) => each !== tab)), true);
  }
}
