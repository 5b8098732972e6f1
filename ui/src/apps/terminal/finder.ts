// The search in all lines of one terminal: every match is marked, the current one more strongly, in colours mixed from the scheme.
import { SearchAddon } from "@xterm/addon-search";
import type { Terminal } from "@xterm/xterm";
import type { TerminalPreferences } from "../../api/types";
import { mixColors } from "./schemes/colors";
import { schemeOf, type Scheme } from "./schemes/schemes";

export interface SearchOptions {
  isRegex: boolean;
  isCaseSensitive: boolean;
  isWholeWord: boolean;
}

/** `index` counts from 1, 0 while none is current; `isMore`: there are more than are counted. */
export interface SearchResult {
  index: number;
  count: number;
  isMore: boolean;
}

const MOST_COUNTED = 1000;

export class Finder {
  readonly #addon = new SearchAddon({ highlightLimit: MOST_COUNTED });

  constructor(
    private readonly term: Terminal,
    onResult: (result: SearchResult) => void,
  ) {
    term.loadAddon(this.#addon);
    this.#addon.onDidChangeResults(({ resultIndex, resultCount }) =>
      onResult({ index: resultIndex + 1, count: resultCount, isMore: resultCount >= MOST_COUNTED }),
    );
  }

  /** Goes to a match; `starts` while the text is still being typed: from the newest line again, not on from the match so far. */
  find(text: string, way: "next" | "previous", options: SearchOptions, preferences: TerminalPreferences, isDark: boolean, starts: boolean): void {
    const wanted = {
      regex: options.isRegex,
      caseSensitive: options.isCaseSensitive,
      wholeWord: options.isWholeWord,
      decorations: decorations(schemeOf(preferences, isDark)),
    };
    if (starts) this.term.clearSelection();
    if (way === "next") this.#addon.findNext(text, wanted);
    else this.#addon.findPrevious(text, wanted);
  }

  clear(): void {
    this.#addon.clearDecorations();
  }
}

/** Null when the text is a regular expression, a word where the count would be otherwise. */
export function regexMistake(text: string): string | null {
  try {
    RegExp(text);
    return null;
  } catch {
    return "Not valid";
  }
}

function decorations(scheme: Scheme) {
  const mark = scheme.ansi[3] ?? scheme.foreground;
  const matchBackground = mixColors(scheme.background, mark, 0.28);
  const activeMatchBackground = mixColors(scheme.background, mark, 0.5);
  return { matchBackground, activeMatchBackground, activeMatchBorder: mark, matchOverviewRuler: mark, activeMatchColorOverviewRuler: mark };
}
