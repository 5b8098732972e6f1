// How folders are shown and copies are made, for all servers alike; kept in the browser.
import { create } from "zustand";
import { clamp } from "../../lib/numbers";
import { isRecord, parseStored } from "../../lib/stored";
import type { SortBy } from "./arrange";

export type View = "details" | "list" | "grid" | "icons";
export type Column = "size" | "modified" | "mode" | "owner" | "group" | "type";

export interface Settings {
  view: View;
  sortBy: SortBy;
  isDescending: boolean;
  showsHidden: boolean;
  hasPreview: boolean;
  hasSidebar: boolean;
  /** What copies and moves bring is read back and compared. */
  checksCopies: boolean;
  columns: readonly Column[];
  widths: Readonly<Record<Column, number>>;
}

export const COLUMNS: readonly Column[] = ["size", "modified", "type", "mode", "owner", "group"];
export const COLUMN_NAMES: Record<SortBy, string> = { name: "Name", size: "Size", modified: "Modified", type: "Type", mode: "Permissions", owner: "Owner", group: "Group" };
export const VIEWS: readonly View[] = ["details", "list", "grid", "icons"];
export const WIDEST = 480;
export const NARROWEST = 56;
const STORAGE_KEY = "headlessos.files.view";

export const SETTINGS_START: Settings = {
  view: "details",
  sortBy: "name",
  isDescending: false,
  showsHidden: false,
  hasPreview: false,
  hasSidebar: true,
  checksCopies: false,
  columns: ["size", "modified", "mode", "owner", "group"],
  widths: { size: 88, modified: 132, type: 120, mode: 104, owner: 88, group: 88 },
};

export const useSettings = create<Settings>(() => load());

export function changeSettings(change: Partial<Settings>): void {
  useSettings.setState(change);
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(useSettings.getState()));
  } catch {
    // Storage is off: the choice still holds for this page.
  }
}

/** Sorts by a column; by the one it is sorted by already the other way round. */
export function sortBy(by: SortBy): void {
  const { sortBy: before, isDescending } = useSettings.getState();
  changeSettings({ sortBy: by, isDescending: by === before ? !isDescending : by === "size" || by === "modified" });
}

export function setWidth(column: Column, width: number): void {
  const { widths } = useSettings.getState();
  changeSettings({ widths: { ...widths, [column]: clamp(Math.round(width), NARROWEST, WIDEST) } });
}

export function toggleColumn(column: Column): void {
  const { columns } = useSettings.getState();
  changeSettings({ columns: COLUMNS.filter((each) => (each === column ? !columns.includes(column) : columns.includes(each))) });
}

/** Settings as they were kept; what does not hold is as at the start. */
export function readSettings(text: string): Settings {
  const stored = parseStored(text);
  if (!isRecord(stored)) return SETTINGS_START;
  const isOn = (name: "isDescending" | "showsHidden" | "hasPreview" | "hasSidebar" | "checksCopies") => (typeof stored[name] === "boolean" ? stored[name] : SETTINGS_START[name]);
  const { columns, widths } = stored;
  const widthOf = (column: Column) => {
    const width = isRecord(widths) ? widths[column] : undefined;
    return typeof width === "number" ? clamp(width, NARROWEST, WIDEST) : SETTINGS_START.widths[column];
  };
  return {
    view: VIEWS.find((view) => view === stored["view"]) ?? SETTINGS_START.view,
    sortBy: (["name", ...COLUMNS] as const).find((by) => by === stored["sortBy"]) ?? "name",
    isDescending: isOn("isDescending"),
    showsHidden: isOn("showsHidden"),
    hasPreview: isOn("hasPreview"),
    hasSidebar: isOn("hasSidebar"),
    checksCopies: isOn("checksCopies"),
    columns: Array.isArray(columns) ? COLUMNS.filter((column) => columns.includes(column)) : SETTINGS_START.columns,
    widths: { size: widthOf("size"), modified: widthOf("modified"), type: widthOf("type"), mode: widthOf("mode"), owner: widthOf("owner"), group: widthOf("group") },
  };
}

function load(): Settings {
  try {
    return readSettings(window.localStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    return SETTINGS_START;
  }
}
