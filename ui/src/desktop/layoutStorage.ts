// Keeps the windows through a reload, in the browser's storage; what is read back is checked field by field, and what does not hold is dropped.
import { isId, isRecord, parseStored } from "../lib/stored";
import { PLACEMENTS, type Bounds } from "./geometry";
import { isSame, type WindowState, type Workspaces } from "./workspaces";

const STORAGE_KEY = "headlessos.layout";
const MOST_WORKSPACES = 1000;
const MOST_WINDOWS = 2000;

export type Layout = Pick<Workspaces, "active" | "opened" | "windows">;

/** The layout as text; only what is needed to come back. */
export function writeLayout({ active, opened, windows }: Layout): string {
  return JSON.stringify({ version: 2, active, opened, windows });
}

/** Reads a layout written before; windows of apps that `isApp` does not know are left out. Null when it is no layout. */
export function readLayout(text: string, isApp: (id: string) => boolean): Layout | null {
  const parsed = parseStored(text);
  if (!isRecord(parsed) || !isId(parsed["active"])) return null;
  const lists = parsed["version"] === 2 ? parsed : parsed["version"] === 1 ? flattened(parsed["workspaces"]) : {};
  if (!Array.isArray(lists["opened"]) || !Array.isArray(lists["windows"])) return null;
  const opened = [...new Set(lists["opened"].slice(0, MOST_WORKSPACES).filter(isId))];
  const read = (lists["windows"].slice(0, MOST_WINDOWS) as unknown[]).map(readWindow).filter((window) => window !== null);
  const known = read.filter((window) => isApp(window.app) && opened.includes(window.server));
  return { active: parsed["active"], opened, windows: known.filter((window, index) => known.findIndex((each) => isSame(each, window)) === index) };
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

/** The form of before: a list of workspaces, each with its windows, which did not name their server. */
function flattened(workspaces: unknown): Record<string, unknown> {
  if (!Array.isArray(workspaces)) return {};
  const known = (workspaces as unknown[]).filter(isRecord);
  const windows = known.flatMap(({ server, windows: own }) => (Array.isArray(own) ? (own as unknown[]).filter(isRecord).map((window) => Object.assign(window, { server })) : []));
  return { opened: known.map(({ server }) => server), windows };
}

function readWindow(value: unknown): WindowState | null {
  if (!isRecord(value) || !isId(value["server"]) || !isId(value["app"]) || !isBounds(value["bounds"])) return null;
  const placement = PLACEMENTS.find((known) => known === value["placement"]);
  if (placement === undefined || typeof value["isMinimized"] !== "boolean") return null;
  const { x, y, width, height } = value["bounds"];
  return { server: value["server"], app: value["app"], bounds: { x, y, width, height }, placement, isMinimized: value["isMinimized"], isPinned: value["isPinned"] === true };
}

function isBounds(value: unknown): value is Bounds {
  return isRecord(value) && ["x", "y", "width", "height"].every((side) => Number.isFinite(value[side]));
}
