// What the explorer of each server shows: one or two panes, their tabs with where they have been, and what is selected in each; the tabs are kept through a reload.
import { create } from "zustand";
import { parentOf } from "../../lib/remotePath";
import { loadLayouts, saveLayouts } from "./layoutStorage";
import { stopSearch } from "./search";
import { NOTHING_SELECTED, type Selection } from "./selection";

/** Home, before it is known where that is. */
export const HOME = "~";
const LONGEST_HISTORY = 100;

export interface Tab {
  id: string;
  path: string;
  back: readonly string[];
  forward: readonly string[];
}

export interface Pane {
  tabs: readonly Tab[];
  active: string;
}

export interface Layout {
  panes: readonly Pane[];
  active: number;
}

interface Explorer {
  layouts: Readonly<Record<string, Layout>>;
  selections: Readonly<Record<string, Selection>>;
  filters: Readonly<Record<string, string>>;
  /** What is being given another name in each tab. */
  renaming: Readonly<Record<string, string | null>>;
  /** Tabs where a touch selects instead of opening. */
  touchSelects: ReadonlySet<string>;
}

let lastTab = 0;

export function newTab(path: string): Tab {
  lastTab += 1;
  return { id: `tab${lastTab}`, path, back: [], forward: [] };
}

function freshPane(path: string): Pane {
  const tab = newTab(path);
  return { tabs: [tab], active: tab.id };
}

/** The layouts of servers where nothing was opened yet; each has a tab of its own. */
const starts = new Map<string, Layout>();
const loaded: Record<string, Layout> = {};
for (const [server, { panes, active }] of Object.entries(loadLayouts())) {
  const built = panes.map(({ paths, active: at }) => {
    const tabs = paths.map(newTab);
    return { tabs, active: (tabs[at] ?? tabs[0])?.id ?? "" };
  });
  loaded[server] = { panes: built, active };
}

export const useExplorer = create<Explorer>(() => ({ layouts: loaded, selections: {}, filters: {}, renaming: {}, touchSelects: new Set() }));

useExplorer.subscribe((now, before) => {
  if (now.layouts !== before.layouts) saveLayouts(now.layouts);
});

/** The layout of a server; one tab at home before there is another. */
export function layoutOf(state: Explorer, server: string): Layout {
  const known = state.layouts[server] ?? starts.get(server);
  if (known !== undefined) return known;
  const start: Layout = { panes: [freshPane(HOME)], active: 0 };
  starts.set(server, start);
  return start;
}

export function activeTab(pane: Pane): Tab {
  const tab = pane.tabs.find((each) => each.id === pane.active) ?? pane.tabs[0];
  if (tab === undefined) throw new Error("A pane without a tab.");
  return tab;
}

function changeLayout(server: string, change: (layout: Layout) => Layout): void {
  useExplorer.setState((state) => ({ layouts: { ...state.layouts, [server]: change(layoutOf(state, server)) } }));
}

function changePane(server: string, at: number, change: (pane: Pane) => Pane): void {
  changeLayout(server, (layout) => ({ ...layout, panes: layout.panes.map((pane, index) => (index === at ? change(pane) : pane)) }));
}

function changeTab(server: string, id: string, change: (tab: Tab) => Tab): void {
  changeLayout(server, (layout) => ({
    ...layout,
    panes: layout.panes.map((pane) => (pane.tabs.some((tab) => tab.id === id) ? { ...pane, tabs: pane.tabs.map((tab) => (tab.id === id ? change(tab) : tab)) } : pane)),
  }));
}

/** Shows another folder in a tab; `selects` is what will be selected there. */
export function goTo(server: string, id: string, path: string, selects: string | null = null): void {
  changeTab(server, id, (tab) => (tab.path === path ? tab : { ...tab, path, back: [...tab.back, tab.path].slice(-LONGEST_HISTORY), forward: [] }));
  enter(id, selects);
}

export function goBack(server: string, id: string): void {
  changeTab(server, id, (tab) => {
    const path = tab.back.at(-1);
    return path === undefined ? tab : { ...tab, path, back: tab.back.slice(0, -1), forward: [tab.path, ...tab.forward] };
  });
  enter(id, null);
}

export function goForward(server: string, id: string): void {
  changeTab(server, id, (tab) => {
    const [path, ...forward] = tab.forward;
    return path === undefined ? tab : { ...tab, path, back: [...tab.back, tab.path], forward };
  });
  enter(id, null);
}

/** To the folder above, where the one it came from is selected. */
export function goUp(server: string, id: string, from: string): void {
  if (from !== "/") goTo(server, id, parentOf(from), from);
}

function enter(id: string, selects: string | null): void {
  select(id, selects === null ? NOTHING_SELECTED : { paths: new Set([selects]), focus: selects, anchor: selects });
  setFilter(id, "");
  setTouchSelects(id, false);
  stopSearch(id);
}

export function select(tab: string, selection: Selection): void {
  useExplorer.setState(({ selections }) => ({ selections: { ...selections, [tab]: selection } }));
}

export function setFilter(tab: string, filter: string): void {
  useExplorer.setState(({ filters }) => ({ filters: { ...filters, [tab]: filter } }));
}

export function setRenaming(tab: string, path: string | null): void {
  useExplorer.setState(({ renaming }) => ({ renaming: { ...renaming, [tab]: path } }));
}

export function setTouchSelects(tab: string, isOn: boolean): void {
  useExplorer.setState(({ touchSelects }) => {
    const next = new Set(touchSelects);
    if (isOn) next.add(tab);
    else next.delete(tab);
    return { touchSelects: next };
  });
}

export function openTab(server: string, pane: number, path: string): void {
  const tab = newTab(path);
  changePane(server, pane, (before) => ({ tabs: [...before.tabs, tab], active: tab.id }));
}

export function showTab(server: string, pane: number, id: string): void {
  changePane(server, pane, (before) => ({ ...before, active: id }));
}

/** Closes a tab; with the last one of a second pane the pane goes too, and the very last stays. */
export function closeTab(server: string, at: number, id: string): void {
  changeLayout(server, (layout) => {
    const pane = layout.panes[at];
    if (pane === undefined) return layout;
    const index = pane.tabs.findIndex((tab) => tab.id === id);
    const tabs = pane.tabs.filter((tab) => tab.id !== id);
    const next = tabs[Math.min(index, tabs.length - 1)];
    if (next === undefined) return layout.panes.length > 1 ? { panes: layout.panes.filter((_pane, each) => each !== at), active: 0 } : layout;
    const active = pane.active === id ? next.id : pane.active;
    return { ...layout, panes: layout.panes.map((each, other) => (other === at ? { tabs, active } : each)) };
  });
}

export function focusPane(server: string, at: number): void {
  if (layoutOf(useExplorer.getState(), server).active !== at) changeLayout(server, (layout) => ({ ...layout, active: at }));
}

/** Two panes, the second at the same folder, or back to the one in use. */
export function toggleSplit(server: string, path: string): void {
  changeLayout(server, (layout) => {
    if (layout.panes.length > 1) return { panes: layout.panes.filter((_pane, at) => at === layout.active), active: 0 };
    return { panes: [...layout.panes, freshPane(path)], active: 1 };
  });
}
