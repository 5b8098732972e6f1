// Everything one pane shows, worked out in one place: its tab, its folder, the items in order and what of them is selected.
import { useEffect, useMemo, useState } from "react";
import { knownHome, useHome } from "../../api/files";
import type { FolderSnapshot } from "../../api/folder";
import { sizeOf, type FileItem } from "../../api/folderItems";
import { useFolder } from "../../api/folders";
import type { Server } from "../../api/types";
import { Arranger, type Arranged, type Order } from "./arrange";
import { activeTab, HOME, layoutOf, useExplorer, type Pane, type Tab } from "./explorer";
import { useSearches, type Search } from "./search";
import { NOTHING_SELECTED, type Selection } from "./selection";
import { useSettings } from "./settings";

export interface PaneModel extends Arranged {
  at: number;
  pane: Pane;
  tab: Tab;
  /** Null until it is known where home is. */
  path: string | null;
  folder: FolderSnapshot;
  search: Search | null;
  filter: string;
  selection: Selection;
  selected: readonly FileItem[];
  selectedBytes: number;
  renaming: string | null;
  touchSelects: boolean;
}

/** The pane at a place; null where there is none. */
export function usePane(server: Server, at: number): PaneModel | null {
  const isConnected = server.state.status === "connected";
  const pane = useExplorer((state) => layoutOf(state, server.id).panes[at] ?? null);
  const tab = pane === null ? null : activeTab(pane);
  const { home, isUnknown } = useHome(server.id, isConnected);
  const path = tab === null ? null : tab.path === HOME ? (home?.path ?? (isUnknown ? "/" : null)) : tab.path;
  const folder = useFolder(server.id, path, isConnected);
  const id = tab?.id ?? "";
  const selection = useExplorer((state) => state.selections[id] ?? NOTHING_SELECTED);
  const filter = useExplorer((state) => state.filters[id] ?? "");
  const renaming = useExplorer((state) => state.renaming[id] ?? null);
  const touchSelects = useExplorer((state) => state.touchSelects.has(id));
  const search = useSearches((state) => state[id] ?? null);
  const by = useSettings((settings) => settings.sortBy);
  const isDescending = useSettings((settings) => settings.isDescending);
  const showsHidden = useSettings((settings) => settings.showsHidden);
  const [arranger] = useState(() => new Arranger());

  const source = search?.items ?? folder.items;
  const key = search === null ? `${folder.path}\0${folder.generation}` : `search${search.id}`;
  const arranged = useMemo(() => {
    const order: Order = { by, isDescending, showsHidden: showsHidden || search !== null, filter: search === null ? filter : "" };
    return arranger.arrange(source, key, order);
  }, [arranger, source, key, by, isDescending, showsHidden, filter, search]);
  // Where each item is will be asked by the first key: it is worked out before, while there is nothing to do.
  const isRead = folder.status === "ready";
  useEffect(() => {
    if (!isRead) return undefined;
    const timer = window.setTimeout(() => arranged.indexOf.get(""), 200);
    return () => window.clearTimeout(timer);
  }, [arranged, isRead]);
  const selected = useMemo(() => {
    if (selection.paths.size === 0) return [];
    if (selection.paths.size > 50) return arranged.items.filter((item) => selection.paths.has(item.path));
    const ats = [...selection.paths].flatMap((each) => arranged.indexOf.get(each) ?? []);
    return ats.toSorted((one, other) => one - other).flatMap((each) => arranged.items[each] ?? []);
  }, [arranged, selection]);
  const selectedBytes = useMemo(() => selected.reduce((sum, item) => sum + (sizeOf(item) ?? 0), 0), [selected]);

  if (pane === null || tab === null) return null;
  return { ...arranged, at, pane, tab, path, folder, search, filter, selection, selected, selectedBytes, renaming, touchSelects };
}

/** Where home is as far as it is known. */
export function homeOf(server: string): string {
  return knownHome(server)?.path ?? "/";
}
