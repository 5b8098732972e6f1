// What may be typed into the settings' text fields; pure.

const LONGEST_FONT = 100;
const LONGEST_SHELL = 100;

/** A shell is an absolute path, or empty: the login shell. */
export function mistakeInShell(text: string): string | null {
  if (text === "") return null;
  if (!text.startsWith("/")) return "Write the whole path, such as /bin/bash, or leave it empty for the login shell.";
  if (/\p{C}/u.test(text)) return "A path cannot hold characters that are not visible.";
  if (/\s/.test(text)) return "Write the path only, without arguments.";
  if (text.length > LONGEST_SHELL) return `At most ${LONGEST_SHELL} characters.`;
  return text.endsWith("/") ? "This is a folder; write the path of the shell in it." : null;
}

/** A font's name, as far as it can be seen from the name; empty: the one that comes with HeadlessOS. */
export function mistakeInFontName(text: string): string | null {
  if (text.length > LONGEST_FONT) return `At most ${LONGEST_FONT} characters.`;
  if (text.includes(",")) return "Write one font's name only.";
  return /["'\\;{}<>]|\p{C}/u.test(text) ? "A font's name has no quotes, brackets or backslashes." : null;
}
