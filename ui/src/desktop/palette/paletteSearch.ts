// The search of the palette: the start menu's ranking first, and below it letters that occur in the right order; pure.
import { rankIn, wordsOf, type StartEntry } from "../startSearch";

export interface PaletteEntry extends StartEntry {
  /** The server it is about, for its colour; null where it is about none. */
  serverId: string | null;
  /** The app it opens, for its icon. */
  appId: string | null;
  /** Shown before anything was typed. */
  isFirst: boolean;
}

export interface Found {
  entry: PaletteEntry;
  /** Which characters of the title were found, to be shown. */
  marks: ReadonlySet<number>;
}

const MOST_FOUND = 60;
const TITLE_WEIGHT = 4;
/** What letters with gaps between them are worth at most; any whole word counts more. */
const LOOSE = 0.9;
/** Scattered letters of a longer word occur in any long title: they must stand together at least so closely. */
const TIGHT = 0.5;
const SHORT_WORD = 3;

/** What fits the text, best first; before anything was typed, the entries that are to be shown first. */
export function searchPalette(entries: readonly PaletteEntry[], text: string): Found[] {
  const words = wordsOf(text);
  if (words.length === 0) return entries.filter(({ isFirst }) => isFirst).slice(0, MOST_FOUND).map((entry) => ({ entry, marks: new Set<number>() }));
  return entries
    .map((entry, index) => ({ entry, index, ...rankOf(entry, words) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank || one.index - other.index)
    .slice(0, MOST_FOUND)
    .map(({ entry, marks }) => ({ entry, marks }));
}

function rankOf(entry: PaletteEntry, words: readonly string[]): { rank: number; marks: ReadonlySet<number> } {
  const title = entry.title.toLowerCase();
  const detail = entry.detail.toLowerCase();
  const marks = new Set<number>();
  let rank = 0;
  for (const word of words) {
    const whole = rankIn(title, word) * TITLE_WEIGHT + rankIn(detail, word);
    const places = placesIn(title, word);
    const tight = places === null ? 0 : tightness(places, word.length);
    if (whole === 0 && (tight === 0 || (word.length > SHORT_WORD && tight < TIGHT))) return { rank: 0, marks };
    rank += whole === 0 ? LOOSE * tight : whole;
    for (const place of places ?? []) marks.add(place);
  }
  // Of two that fit alike the shorter title is meant.
  return { rank: rank + 1 / (8 + title.length), marks };
}

/** Where the letters of a word are in a text: together where they are so, else in order, each as early as can be; null where they are not. */
function placesIn(text: string, word: string): number[] | null {
  const whole = text.indexOf(word);
  if (whole >= 0) return Array.from(word, (_, index) => whole + index);
  const places: number[] = [];
  for (const letter of word) {
    const place = text.indexOf(letter, (places.at(-1) ?? -1) + 1);
    if (place < 0) return null;
    places.push(place);
  }
  return places;
}

/** 1 for letters side by side, towards 0 for scattered ones. */
function tightness(places: readonly number[], length: number): number {
  return length / ((places.at(-1) ?? 0) - (places[0] ?? 0) + 1);
}
