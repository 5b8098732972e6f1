// Makes text from a server safe to look at: what cannot be seen or would reorder its surroundings is shown as a visible mark.

/** The longest piece of server text put into one place on the page. */
export const MAX_SHOWN_CHARS = 4000;

// C0 and C1 controls, the bidi controls, zero-width characters, line and paragraph separators, tags and lone surrogates;
// and the characters the program puts in place of bytes that are not text (U+10FE80 to U+10FEFF).
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\u{10fe80}-\u{10feff}]|\p{Surrogate}/gu;

/** One line: controls become their picture (`␛`, `␊`) or `<U+202E>`, bytes that are no text `\xE9`, and the rest past `maxChars` is cut with `…`. */
export function visibleText(text: string, maxChars = MAX_SHOWN_CHARS): string {
  return cut(text, maxChars).replace(HIDDEN, picture);
}

/** Several lines: as `visibleText`, but line ends and tabs stay as they are. */
export function visibleLines(text: string, maxChars: number): string {
  return cut(text.replace(/\r\n/g, "\n"), maxChars).replace(HIDDEN, (mark) =>
    mark === "\n" || mark === "\t" ? mark : picture(mark),
  );
}

/** Prose as it is meant to be read: as `visibleLines`, but what joins letters stays, as Persian and faces need it. */
export function visibleProse(text: string): string {
  return text.replace(HIDDEN, (mark) => ("\n\t\u200c\u200d".includes(mark) ? mark : picture(mark)));
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
