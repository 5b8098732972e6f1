// A terminal's colours: which schemes there are, which one applies, and what xterm wants of it.
import type { ITheme } from "@xterm/xterm";
import { BUILT_IN } from "./builtIn";
import { isDarkColor } from "./colors";

/** Every colour is `#rrggbb`. */
export interface Scheme {
  id: string;
  name: string;
  isDark: boolean;
  foreground: string;
  background: string;
  cursor: string;
  /** Behind selected text. */
  selection: string;
  /** The sixteen ANSI colours, the eight bright ones last. */
  ansi: readonly string[];
}

/** What of the preferences decides the colours. */
export interface SchemeChoice {
  /** A scheme's id, or `auto`. */
  scheme: string;
  /** The imported ones; whether one is dark is seen from its colours. */
  schemes: readonly Omit<Scheme, "isDark">[];
}

/** The scheme that is as light or dark as the desktop. */
export const AUTO = "auto";

export const SCHEMES: readonly Scheme[] = BUILT_IN;

/** The scheme that applies; one that is gone counts as `auto`. */
export function schemeOf(terminalPreferences: SchemeChoice, isDark: boolean): Scheme {
  const { scheme, schemes } = terminalPreferences;
  const builtIn = SCHEMES.find((each) => each.id === scheme);
  if (builtIn !== undefined) return builtIn;
  const imported = schemes.find((each) => each.id === scheme);
  return imported === undefined ? autoScheme(isDark) : asScheme(imported);
}

/** Our own scheme for a light or a dark desktop. */
export function autoScheme(isDark: boolean): Scheme {
  const own = SCHEMES.find((each) => each.isDark === isDark);
  if (own === undefined) throw new Error("there is a light and a dark scheme");
  return own;
}

export function asScheme(imported: Omit<Scheme, "isDark">): Scheme {
  return { ...imported, isDark: isDarkColor(imported.background) };
}

/** The colours as xterm takes them. */
export function themeOf(scheme: Scheme): ITheme {
  const { foreground, background, cursor, selection, ansi } = scheme;
  return {
    foreground,
    background,
    cursor,
    cursorAccent: background,
    selectionBackground: selection,
    selectionInactiveBackground: selection,
    scrollbarSliderBackground: `${foreground}33`,
    scrollbarSliderHoverBackground: `${foreground}59`,
    scrollbarSliderActiveBackground: `${foreground}80`,
    overviewRulerBorder: `${foreground}00`,
    ...Object.fromEntries(ANSI_NAMES.map((name, index) => [name, ansi[index] ?? foreground])),
  };
}

/** xterm's names of the sixteen, in their order. */
export const ANSI_NAMES = [
  "black",
  "red",
  "green",
  "yellow",
  "blue",
  "magenta",
  "cyan",
  "white",
  "brightBlack",
  "brightRed",
  "brightGreen",
  "brightYellow",
  "brightBlue",
  "brightMagenta",
  "brightCyan",
  "brightWhite",
] as const satisfies readonly (keyof ITheme)[];
