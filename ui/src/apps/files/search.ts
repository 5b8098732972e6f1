// A search below a folder, by tab: what was found so far, by name or by content, and whether it still looks.
import { create } from "zustand";
import { asErrorBody } from "../../api/client";
import type { FileSearch, SearchText } from "../../api/fileTypes";
import { fileInfos, searchFiles, type SearchEnd } from "../../api/files";
import { itemFound, type FileItem } from "../../api/folderItems";
import type { ErrorBody } from "../../api/types";

const MOST_FOUND = 5000;
const PUBLISH_MS = 100;

/** What is looked for, and where. */
export interface Wanted {
  folder: string;
  /** A part of the name; empty where content is looked for. */
  name: string;
  /** What files hold; null for a search by name. */
  content: SearchText | null;
  hidden: boolean;
}

export interface Search extends Wanted {
  id: number;
  items: readonly FileItem[];
  /** How it ended; null while it looks, and where it did not come to its end. */
  end: SearchEnd | null;
  error: ErrorBody | null;
  /** A person has ended it. */
  isStopped: boolean;
}

export const useSearches = create<Readonly<Record<string, Search>>>(() => ({}));

interface Running {
  controller: AbortController;
  halt: () => void;
}

const running = new Map<string, Running>();
let lastId = 0;

export function isLooking({ end, error, isStopped }: Search): boolean {
  return end === null && error === null && !isStopped;
}

/** What a search was asked for. */
export function wantedOf({ folder, name, content, hidden }: Search): Wanted {
  return { folder, name, content, hidden };
}

export function searchBody({ folder, name, content, hidden }: Wanted): FileSearch {
  return { path: folder, name, content, hidden, limit: MOST_FOUND };
}

export async function startSearch(server: string, tab: string, wanted: Wanted): Promise<void> {
  stopSearch(tab);
  const controller = new AbortController();
  lastId += 1;
  const found: FileItem[] = [];
  let search: Search = { ...wanted, id: lastId, items: [], end: null, error: null, isStopped: false };
  let timer: number | null = null;
  const publish = (change: Partial<Search>) => {
    if (timer !== null) window.clearTimeout(timer);
    timer = null;
    search = { ...search, items: found.slice(), ...change };
    if (!controller.signal.aborted) useSearches.setState({ [tab]: search });
  };
  const halt = () => {
    publish({ isStopped: true });
    controller.abort();
  };
  running.set(tab, { controller, halt });
  publish({});
  try {
    const end = await searchFiles(server, searchBody(wanted), controller.signal, (items) => {
      for (const item of items) found.push(itemFound(item));
      timer ??= window.setTimeout(() => publish({}), PUBLISH_MS);
    });
    publish({ end });
  } catch (thrown) {
    if (!controller.signal.aborted) publish({ error: asErrorBody(thrown) });
  }
}

/** Ends a search; what it has found stays. */
export function haltSearch(tab: string): void {
  running.get(tab)?.halt();
  running.delete(tab);
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
  running.get(tab)?.controller.abort();
  running.delete(tab);
  if (useSearches.getState()[tab] !== undefined) {
    useSearches.setState(Object.fromEntries(Object.entries(useSearches.getState()).filter(([each]) => each !== tab)), true);
  }
}
