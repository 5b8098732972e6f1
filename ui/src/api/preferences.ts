// What people chose: the appearance is applied to the page at once and remembered in the browser for the first paint; all of it is kept by the program.
import { create } from "zustand";
import { Turns } from "../lib/turns";
import { request } from "./client";
import { newestWins } from "./newestWins";
import { COLORS, type Color, type KeptPreferences, type Preferences, type TerminalPreferences, type Theme } from "./types";

const STORAGE_KEY = "headlessos.appearance";
/** How terminals are before anything was chosen. */
export const TERMINAL_START: TerminalPreferences = {
  fontFamily: "",
  fontSize: 13,
  lineHeight: 1.2,
  cursorStyle: "block",
  cursorBlink: true,
  scrollbackLines: 10_000,
  scheme: "auto",
  schemes: [],
  renderer: "auto",
  bell: "visual",
  copyOnSelect: false,
  clipboardWrite: false,
  warnOnPaste: true,
  screenReader: false,
  shell: "",
};
/** Until the program has said what was chosen. */
const START: Preferences = { theme: "auto", accent: "blue", clock24h: true, terminal: TERMINAL_START };

/** After how many minutes without a person pages are locked, as the program has said last; 0: never. */
let lockAfterMinutes = 0;

export function lockAfterMs(): number {
  return lockAfterMinutes * 60_000;
}

export const usePreferences = create<Preferences>(() => START);

/** Reads what the program has kept; until then, and when it cannot be read, what the page was first painted with stays. */
export async function loadPreferences(): Promise<void> {
  const { theme, accent } = document.documentElement.dataset;
  usePreferences.setState({ theme: asTheme(theme ?? ""), accent: asColor(accent ?? "") });
  try {
    apply(taken(await request<KeptPreferences>("GET", "/preferences")));
  } catch {
    // The page says by itself when the program is not there.
  }
}

/** Changes some preferences now; the page keeps them even when the program cannot be told. */
export async function changePreferences(change: Partial<Preferences>): Promise<void> {
  apply({ ...usePreferences.getState(), ...change });
  await save();
}

/** Changes some preferences of terminals, in every window. */
export function changeTerminalPreferences(change: Partial<TerminalPreferences>): Promise<void> {
  return changePreferences({ terminal: { ...usePreferences.getState().terminal, ...change } });
}

const save = newestWins(async () => {
  await keep((kept) => ({ ...kept, ...usePreferences.getState() }));
});

const inTurn = new Turns(1);

/** Changes what the program keeps, and gives all of it. What the change leaves alone stays as it is now: another page or the command line may have changed it since this page looked. */
export function keep(change: (kept: KeptPreferences) => KeptPreferences): Promise<KeptPreferences> {
  return inTurn.run(async () => taken(await request<KeptPreferences>("PUT", "/preferences", change(await request<KeptPreferences>("GET", "/preferences")))));
}

function taken(kept: KeptPreferences): KeptPreferences {
  lockAfterMinutes = kept.lockAfterMinutes;
  return kept;
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
  usePreferences.setState({ theme, accent, clock24h: preferences.clock24h, terminal: { ...TERMINAL_START, ...preferences.terminal } });
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify({ theme, accent }));
  } catch {
    // Storage is off: the choice still holds for this page.
  }
}
