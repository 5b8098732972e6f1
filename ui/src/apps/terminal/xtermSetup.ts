// Makes a terminal that looks as chosen: options, colours, widths of characters; where its bytes come from is another's concern.
import { Terminal, type ITerminalOptions } from "@xterm/xterm";
import type { TerminalPreferences } from "../../api/types";
import { schemeOf, themeOf } from "./schemes/schemes";
import { installStyleShim } from "../../kit/styleShim";
import { programWidths } from "./unicode";
import "./terminal.css";

const BUNDLED_FONT = "JetBrains Mono Variable";
/** As on the rest of the page; what a program prints in white on a light scheme, or on a colour near its own, is moved so far that it can be read. */
const LEAST_CONTRAST = 4.5;

/** A terminal with its options and widths set, not yet opened; the font should be there first, see `fontIsReady`. */
export function createXterm(preferences: TerminalPreferences, isDark: boolean): Terminal {
  installStyleShim();
  const term = new Terminal({
    ...optionsOf(preferences, isDark),
    // Markers, decorations and widths are called proposed; the version is pinned.
    allowProposedApi: true,
    cursorInactiveStyle: "outline",
    letterSpacing: 0,
    macOptionIsMeta: true,
    minimumContrastRatio: LEAST_CONTRAST,
    rightClickSelectsWord: false,
    scrollOnUserInput: true,
    // Nothing that a server prints may reach the console.
    logLevel: "off",
  });
  term.unicode.register(programWidths);
  term.unicode.activeVersion = programWidths.version;
  return term;
}

/** Applies what was chosen anew to a terminal that is there; only what differs, as each option costs a redraw. */
export function applyPreferences(term: Terminal, preferences: TerminalPreferences, isDark: boolean): void {
  const wanted = optionsOf(preferences, isDark);
  const { theme, ...plain } = wanted;
  const changed = Object.entries(plain).filter(([name, value]) => Reflect.get(term.options, name) !== value);
  const differs = JSON.stringify(theme) !== JSON.stringify(term.options.theme);
  if (changed.length > 0 || differs) term.options = { ...Object.fromEntries(changed), ...(differs ? { theme } : {}) };
}

/** Waits until the font can be measured; one that cannot be had is not waited for. */
export async function fontIsReady({ fontFamily, fontSize }: Pick<TerminalPreferences, "fontFamily" | "fontSize">): Promise<void> {
  const font = `${fontSize}px ${familyOf(fontFamily)}`;
  await Promise.all([document.fonts.load(font), document.fonts.load(`bold ${font}`)]).catch(() => undefined);
}

/** The CSS family of a font's name; the one that comes with HeadlessOS stands behind every other. */
export function familyOf(name: string): string {
  const clean = name.replace(/["\\\n;{}]/g, "").trim();
  return `${clean === "" ? "" : `"${clean}", `}"${BUNDLED_FONT}", ui-monospace, monospace`;
}

function optionsOf(preferences: TerminalPreferences, isDark: boolean): ITerminalOptions {
  return {
    fontFamily: familyOf(preferences.fontFamily),
    fontSize: preferences.fontSize,
    fontWeight: 400,
    fontWeightBold: 700,
    lineHeight: preferences.lineHeight,
    cursorStyle: preferences.cursorStyle,
    cursorBlink: preferences.cursorBlink,
    scrollback: preferences.scrollbackLines,
    screenReaderMode: preferences.screenReader,
    theme: themeOf(schemeOf(preferences, isDark)),
  };
}
