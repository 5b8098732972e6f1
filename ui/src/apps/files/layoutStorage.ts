// Keeps the tabs of the explorers in the browser's storage; what is read back is checked, and what does not hold is dropped.
import { isId, isRecord, parseStored } from "../../lib/stored";
import type { Layout } from "./explorer";

const STORAGE_KEY = "headlessos.files.tabs";
const MOST_TABS = 30;
const LONGEST_PATH = 4096;

export interface StoredLayout {
  panes: readonly { paths: readonly string[]; active: number }[];
  active: number;
}

export function writeLayouts(layouts: Readonly<Record<string, Layout>>): string {
  const servers = Object.entries(layouts).map(([server, { panes, active }]) => ({
    server,
    active,
    panes: panes.map(({ tabs, active: shown }) => ({ paths: tabs.map((tab) => tab.path), active: tabs.findIndex((tab) => tab.id === shown) })),
  }));
  return JSON.stringify({ version: 1, servers });
}

export function readLayouts(text: string): Record<string, StoredLayout> {
  const parsed = parseStored(text);
  if (!isRecord(parsed) || parsed["version"] !== 1 || !Array.isArray(parsed["servers"])) return {};
  const layouts: Record<string, StoredLayout> = {};
  for (const entry of parsed["servers"].slice(0, 200) as unknown[]) {
    if (!isRecord(entry) || !isId(entry["server"]) || !Array.isArray(entry["panes"])) continue;
    const panes = (entry["panes"].slice(0, 2) as unknown[]).flatMap(readPane);
    if (panes.length > 0) layouts[entry["server"]] = { panes, active: entry["active"] === 1 && panes.length > 1 ? 1 : 0 };
  }
  return layouts;
}

function readPane(value: unknown): StoredLayout["panes"][number][] {
  if (!isRecord(value) || !Array.isArray(value["paths"])) return [];
  const paths = (value["paths"].slice(0, MOST_TABS) as unknown[]).filter(isPath);
  const active = value["active"];
  return paths.length === 0 ? [] : [{ paths, active: typeof active === "number" && active >= 0 && active < paths.length ? active : 0 }];
}

/** An absolute path, or home. */
export function isPath(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST_PATH && (value === "~" || value.startsWith("/"));
}

export function loadLayouts(): Record<string, StoredLayout> {
  try {
    return readLayouts(window.localStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    return {};
  }
}

export function saveLayouts(layouts: Readonly<Record<string, Layout>>): void {
  try {
    window.localStorage.setItem(STORAGE_KEY, writeLayouts(layouts));
  } catch {
    // Full or forbidden storage costs only the tabs.
  }
}
