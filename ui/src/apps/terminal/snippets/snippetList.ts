// What is done with the list of snippets: searching, moving, changing, and what is wrong with one that is being edited; pure.
import type { Snippet } from "../../../api/types";

export const LONGEST_NAME = 100;
export const LONGEST_TEXT = 10_000;
export const MOST_SNIPPETS = 500;

/** Those that hold every word of the search in their name or text, by name; those whose name begins with it come first. */
export function searchSnippets(snippets: readonly Snippet[], search: string): Snippet[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const begins = (snippet: Snippet) => (words[0] !== undefined && snippet.name.toLowerCase().startsWith(words[0]) ? 0 : 1);
  return snippets
    .filter((snippet) => {
      const all = `${snippet.name}\n${snippet.text}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .toSorted((one, other) => begins(one) - begins(other) || one.name.localeCompare(other.name, undefined, { numeric: true }));
}

/** The id of the snippet that a key leads to; null when the key leads nowhere. */
export function afterKey(shown: readonly Snippet[], current: string | null, key: string): string | null {
  const at = shown.findIndex(({ id }) => id === current);
  const last = shown.length - 1;
  const next = { ArrowDown: Math.min(last, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: last, PageDown: Math.min(last, at + 8), PageUp: Math.max(0, at - 8) }[key];
  return next === undefined ? null : (shown[next]?.id ?? null);
}

/** The list with a snippet added, or changed where its id is there. */
export function withSnippet(snippets: readonly Snippet[], snippet: Snippet): Snippet[] {
  const isThere = snippets.some(({ id }) => id === snippet.id);
  return isThere ? snippets.map((each) => (each.id === snippet.id ? snippet : each)) : [...snippets, snippet];
}

export function mistakesInSnippet(snippet: Snippet, others: readonly Snippet[]): { name?: string; text?: string } {
  const name = snippet.name.trim();
  const isTaken = others.some((each) => each.id !== snippet.id && each.name.toLowerCase() === name.toLowerCase());
  return {
    ...(name === "" ? { name: "Give it a name." } : {}),
    ...(name.length > LONGEST_NAME ? { name: `At most ${LONGEST_NAME} characters.` } : {}),
    ...(isTaken ? { name: "There is a snippet of this name already." } : {}),
    ...(snippet.text.trim() === "" ? { text: "Write the command or text to insert." } : {}),
    ...(snippet.text.length > LONGEST_TEXT ? { text: `At most ${LONGEST_TEXT} characters.` } : {}),
  };
}
