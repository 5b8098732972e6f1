// Keeps the windows through a reload, in the browser's storage; what is read back is checked field by field, and what does not hold is dropped.
import { isId, isRecord, parseStored } from "../lib/stored";
import { PLACEMENTS, type Bounds } from "./geometry";
import type { WindowState, Workspaces } from "./workspaces";

const STORAGE_KEY = "headlessos.layout";
const MOST_WORKSPACES = 200;
const MOST_WINDOWS = 50;

export type Layout = Pick<Workspaces, "active" | "windows">;

/** The layout as text; only what is needed to come back. */
export function writeLayout(layout: Layout): string {
  const workspaces = Object.entries(layout.windows).map(([server, windows]) => ({ server, windows }));
  return JSON.stringify({ version: 1, active: layout.active, workspaces });
}

/** Reads a layout written before; windows of apps that `isApp` does not know are left out. Null when it is no layout. */
export function readLayout(text: string, isApp: (id: string) => boolean): Layout | null {
  const parsed = parseStored(text);
  if (!isRecord(parsed) || parsed["version"] !== 1 || !isId(parsed["active"]) || !Array.isArray(parsed["workspaces"])) return null;
  const windows: Record<string, WindowState[]> = {};
  for (const workspace of parsed["workspaces"].slice(0, MOST_WORKSPACES) as unknown[]) {
    if (!isRecord(workspace) || !isId(workspace["server"]) || !Array.isArray(workspace["windows"])) continue;
    const read = (workspace["windows"].slice(0, MOST_WINDOWS) as unknown[]).map(readWindow).filter((window) => window !== null);
    const known = read.filter((window) => isApp(window.app));
    windows[workspace["server"]] = known.filter((window, index) => known.findIndex((each) => each.app === window.app) === index);
  }
  return { active: parsed["active"], windows };
}

/** What was stored in this browser, null when there is nothing to come back to. */
export function loadLayout(isApp: (id: string) => boolean): Layout | null {
  try {
    return readLayout(window.localStorage.getItem(STORAGE_KEY) ?? "", isApp);
  } catch {
    return null;
  }
}

/** Stores the layout; where storage is off the windows just start anew next time. */
export function saveLayout(layout: Layout): void {
  try {
    window.localStorage.setItem(STORAGE_KEY, writeLayout(layout));
  } catch {
    // Full or forbidden storage costs only the layout.
  }
}

function readWindow(value: unknown): WindowState | null {
  if (!isRecord(value) || !isId(value["app"]) || !isBounds(value["bounds"])) return null;
  const placement = PLACEMENTS.find((known) => known === value["placement"]);
  if (placement === undefined || typeof value["isMinimized"] !== "boolean") return null;
  const { x, y, width, height } = value["bounds"];
  return { app: value["app"], bounds: { x, y, width, height }, placement, isMinimized: value["isMinimized"] };
}

function isBounds(value: unknown): value is Bounds {
  return isRecord(value) && ["x", "y", "width", "height"].every((side) => Number.isFinite(value[side]));
}
