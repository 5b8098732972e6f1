// The appearance people chose: applied to the page at once, remembered in the browser for the first paint, and kept by the program.
import { create } from "zustand";
import { request } from "./client";
import { COLORS, type Color, type Preferences, type Theme } from "./types";

const STORAGE_KEY = "headlessos.appearance";
/** Until the program has said what was chosen. */
const START: Preferences = { theme: "auto", accent: "blue", clock24h: true };

export const usePreferences = create<Preferences>(() => START);

/** Reads what the program has kept; until then, and when it cannot be read, what the page was first painted with stays. */
export async function loadPreferences(): Promise<void> {
  const { theme, accent } = document.documentElement.dataset;
  usePreferences.setState({ theme: asTheme(theme ?? ""), accent: asColor(accent ?? "") });
  try {
    apply(await request<Preferences>("GET", "/preferences"));
  } catch {
    // The page says by itself when the program is not there.
  }
}

/** Changes some preferences now; the page keeps them even when the program cannot be told. */
export async function changePreferences(change: Partial<Preferences>): Promise<void> {
  const next = { ...usePreferences.getState(), ...change };
  apply(next);
  await request<Preferences>("PUT", "/preferences", { theme: next.theme, accent: next.accent, clock24h: next.clock24h });
}

/** One of the eight colours; anything else counts as blue. */
export function asColor(text: string): Color {
  return COLORS.find((color) => color === text) ?? "blue";
}

function asTheme(text: string): Theme {
  return text === "light" || text === "dark" ? text : "auto";
}

function apply(preferences: Preferences): void {
  const theme = asTheme(preferences.theme);
  const accent = asColor(preferences.accent);
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  root.dataset["accent"] = accent;
  usePreferences.setState({ theme, accent, clock24h: preferences.clock24h });
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify({ theme, accent }));
  } catch {
    // Storage is off: the choice still holds for this page.
  }
}
