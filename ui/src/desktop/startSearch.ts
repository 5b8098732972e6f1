// The search of the start menu over apps, servers and actions; pure: what is found depends on the words alone.

export interface StartEntry {
  id: string;
  kind: "app" | "server" | "action";
  title: string;
  /** A second line; searched as well, but counts less. */
  detail: string;
  run: () => void;
}

const MOST_FOUND = 12;

/** The entries in which every word of the text occurs, best first; none for an empty text. */
export function searchStart(entries: readonly StartEntry[], text: string): StartEntry[] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  return entries
    .map((entry, index) => ({ entry, index, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank || one.index - other.index)
    .slice(0, MOST_FOUND)
    .map(({ entry }) => entry);
}

/** The words of what was typed, in small letters. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function rankOf(entry: StartEntry, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const found = rankIn(entry.title.toLowerCase(), word) * 4 + rankIn(entry.detail.toLowerCase(), word);
    if (found === 0) return 0;
    sum += found;
  }
  return sum;
}

/** 3 at the start of the text, 2 at the start of a word, 1 inside one, 0 nowhere. */
export function rankIn(text: string, word: string): number {
  if (text.startsWith(word)) return 3;
  const at = text.indexOf(word);
  if (at < 0) return 0;
  return /[\s.@:–-]/.test(text.charAt(at - 1)) ? 2 : 1;
}
