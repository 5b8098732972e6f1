// The tabs of every server as the page has them now, and what was seen of each terminal.
import { create } from "zustand";
import { forgetPlace } from "./scrollKeeper";
import { NO_TABS, reconciled, terminalsIn, type TabSet } from "./layout";
import { loadTabs, saveTabs, type TabSets } from "./tabStorage";

interface Tabs {
  sets: TabSets;
}

const SAVE_AFTER_MS = 300;

export const useTabs = create<Tabs>(() => ({ sets: loadTabs() }));

let timer = 0;
useTabs.subscribe(({ sets }) => {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => saveTabs(sets), SAVE_AFTER_MS);
});
window.addEventListener("pagehide", () => saveTabs(useTabs.getState().sets));

export function tabsOf(server: string): TabSet {
  return setIn(useTabs.getState().sets, server);
}

export function useTabsOf(server: string): TabSet {
  return useTabs(({ sets }) => setIn(sets, server));
}

export function changeTabs(server: string, change: (set: TabSet) => TabSet): void {
  const before = tabsOf(server);
  const after = change(before);
  if (after !== before) useTabs.setState(({ sets }) => ({ sets: { ...sets, [server]: after } }));
}

/** Brings the tabs in line with the terminals the program has. */
export function reconcileTabs(server: string, terminals: readonly string[]): void {
  changeTabs(server, (set) => {
    for (const tab of set.tabs) for (const id of terminalsIn(tab.root)) if (!terminals.includes(id)) forgetPlace(id);
    return reconciled(set, terminals);
  });
}

function setIn(sets: TabSets, server: string): TabSet {
  return Object.hasOwn(sets, server) ? (sets[server] ?? NO_TABS) : NO_TABS;
}
