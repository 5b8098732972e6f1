// Keeps the tabs of every server through a reload, in the browser's storage; what is read back is checked field by field, and what does not hold is dropped.
import { isId, isRecord, parseStored } from "../../lib/stored";
import { LEAST_RATIO, NO_TABS, terminalsIn, type Tab, type TabSet, type Tree } from "./layout";

const STORAGE_KEY = "headlessos.terminals";
const MOST_SERVERS = 200;
const MOST_TABS = 100;
const DEEPEST = 12;

export type TabSets = Readonly<Record<string, TabSet>>;

export function writeTabs(sets: TabSets): string {
  const servers = Object.entries(sets)
    .filter(([, set]) => set.tabs.length > 0)
    .map(([server, { tabs, active }]) => ({ server, tabs, active }));
  return JSON.stringify({ version: 1, servers });
}

/** Reads what was written before; nothing where it is something else. */
export function readTabs(text: string): TabSets {
  const parsed = parseStored(text);
  if (!isRecord(parsed) || parsed["version"] !== 1 || !Array.isArray(parsed["servers"])) return {};
  const sets: Record<string, TabSet> = {};
  for (const entry of parsed["servers"].slice(0, MOST_SERVERS) as unknown[]) {
    if (isRecord(entry) && isId(entry["server"])) sets[entry["server"]] = readSet(entry);
  }
  return sets;
}

export function loadTabs(): TabSets {
  try {
    return readTabs(window.localStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    return {};
  }
}

export function saveTabs(sets: TabSets): void {
  try {
    window.localStorage.setItem(STORAGE_KEY, writeTabs(sets));
  } catch {
    // Full or forbidden storage costs only the arrangement.
  }
}

function readSet(entry: Record<string, unknown>): TabSet {
  if (!Array.isArray(entry["tabs"])) return NO_TABS;
  const tabs: Tab[] = [];
  const taken = new Set<string>();
  for (const value of entry["tabs"].slice(0, MOST_TABS) as unknown[]) {
    const tab = readTab(value);
    const ids = tab === null ? [] : terminalsIn(tab.root);
    const isOwn = tab !== null && new Set(ids).size === ids.length && !ids.some((id) => taken.has(id));
    if (tab === null || !isOwn) continue;
    tabs.push(tab);
    for (const id of ids) taken.add(id);
  }
  const active = tabs.find((tab) => tab.id === entry["active"]) ?? tabs[0];
  return { tabs, active: active?.id ?? null };
}

function readTab(value: unknown): Tab | null {
  if (!isRecord(value)) return null;
  const root = readTree(value["root"], DEEPEST);
  if (root === null) return null;
  const ids = terminalsIn(root);
  const focused = ids.find((id) => id === value["focused"]) ?? ids[0];
  const id = ids.find((each) => each === value["id"]) ?? ids[0];
  return focused === undefined || id === undefined ? null : { id, root, focused };
}

function readTree(value: unknown, depth: number): Tree | null {
  if (!isRecord(value) || depth === 0) return null;
  if (value["kind"] === "pane") return isId(value["terminal"]) ? { kind: "pane", terminal: value["terminal"] } : null;
  const { way, ratio } = value;
  if (value["kind"] !== "split" || (way !== "row" && way !== "column") || typeof ratio !== "number") return null;
  const first = readTree(value["first"], depth - 1);
  const second = readTree(value["second"], depth - 1);
  if (first === null || second === null) return first ?? second;
  const isRatio = ratio >= LEAST_RATIO && ratio <= 1 - LEAST_RATIO;
  return { kind: "split", way, ratio: isRatio ? ratio : 0.5, first, second };
}
