// How text is shown and saved, in every editor alike; kept in the browser.
import { create } from "zustand";
import { clamp } from "../../lib/numbers";
import { isRecord, parseStored } from "../../lib/stored";

export interface Settings {
  fontSize: number;
  wraps: boolean;
  showsWhitespace: boolean;
  /** What a file held is kept on this computer when it is saved. */
  keepsVersions: boolean;
}

const STORAGE_KEY = "headlessos.editor.view";
export const USUAL_FONT_SIZE = 13;
const SMALLEST = 9;
const LARGEST = 28;

export const useSettings = create<Settings>(() => load());

export function changeSettings(change: Partial<Settings>): void {
  useSettings.setState(change);
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(useSettings.getState()));
  } catch {
    // Storage is off: the choice still holds for this page.
  }
}

/** By so many pixels; 0 goes back to the usual size. */
export function changeFontSize(by: number): void {
  const { fontSize } = useSettings.getState();
  changeSettings({ fontSize: by === 0 ? USUAL_FONT_SIZE : clamp(fontSize + by, SMALLEST, LARGEST) });
}

function load(): Settings {
  let stored: unknown = null;
  try {
    stored = parseStored(window.localStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    // Storage is off.
  }
  const kept = isRecord(stored) ? stored : {};
  const size = kept["fontSize"];
  return {
    fontSize: typeof size === "number" && size >= SMALLEST && size <= LARGEST ? size : USUAL_FONT_SIZE,
    wraps: kept["wraps"] === true,
    showsWhitespace: kept["showsWhitespace"] === true,
    keepsVersions: kept["keepsVersions"] === true,
  };
}
