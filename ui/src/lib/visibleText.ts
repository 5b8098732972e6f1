// Makes text from a server safe to look at: what cannot be seen or would reorder its surroundings is shown as a visible mark.

/** The longest piece of server text put into one place on the page. */
export const MAX_SHOWN_CHARS = 4000;

// Controls, what has no width or no ink of its own, what turns its neighbours round, line and paragraph separators, lone
// surrogates; the braille cell without dots; and the characters the program puts in place of bytes that are not text (U+10FE80 to U+10FEFF).
// The number signs of Arabic and the end of an ayah are format characters that have ink.
const HIDDEN = /(?![\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{10fe80}-\u{10feff}]/gu;

/** What a name needs to look as it was meant to: the colours of a sign, signs that are made of several (a family, a flag), where letters of Persian join and where they do not, and the form of a Han letter. */
const JOINED = either(
  /(?<=\p{Extended_Pictographic})\ufe0f/u,
  /(?<=\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)\u200d(?=\p{Extended_Pictographic})/u,
  /(?<=(?=\p{L})\p{Script=Arabic})[\u200c\u200d](?=(?=\p{L})\p{Script=Arabic})/u,
  /(?<=(?=\p{L})\p{Script=Han})[\u{e0100}-\u{e01ef}]/u,
);

/** In prose what joins letters and chooses the look of a sign stays wherever there is one before it. */
const JOINED_IN_PROSE = either(JOINED, /(?<=[\p{L}\p{M}\p{Emoji}])[\u200c\u200d]/u, /(?<=\p{Emoji})[\ufe0e\ufe0f]/u);

/** One line: controls become their picture (`␛`, `␊`) or `<U+202E>`, bytes that are no text `\xE9`, and the rest past `maxChars` is cut with `…`. */
export function visibleText(text: string, maxChars = MAX_SHOWN_CHARS): string {
  return marked(cut(text, maxChars), JOINED);
}

/** A name that is asked about before something that cannot be undone: as `visibleText`, but what joins signs and letters is a mark too, and so are blanks at its ends and other blanks than the plain one. To be shown with `whitespace-pre`. */
export function visibleName(name: string, maxChars: number): string {
  return cut(name, maxChars)
    .replace(HIDDEN, picture)
    .replace(/^ +| +$/g, (blanks) => "␣".repeat(blanks.length))
    .replace(/(?! )\p{Zs}/gu, picture);
}

/** Several lines: as `visibleText`, but line ends and tabs stay as they are. */
export function visibleLines(text: string, maxChars: number): string {
  return marked(cut(text.replace(/\r\n/g, "\n"), maxChars), JOINED, "\n\t");
}

/** Prose as it is meant to be read: as `visibleLines`, but more of what joins letters stays. */
export function visibleProse(text: string): string {
  return marked(text, JOINED_IN_PROSE, "\n\t");
}

/** Marks for what is hidden, but for what is found by one pattern and for some characters. */
function marked(text: string, left: RegExp, plain = ""): string {
  const places = new Set(Array.from(text.matchAll(left), ({ index }) => index));
  return text.replace(HIDDEN, (mark, at: number) => (places.has(at) || plain.includes(mark) ? mark : picture(mark)));
}

function cut(text: string, maxChars: number): string {
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;
}

function picture(mark: string): string {
  const code = mark.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  if (code >= 0x10fe80) return `\\x${(code - 0x10fe00).toString(16).toUpperCase()}`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

function either(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join("|"), "gu");
}
