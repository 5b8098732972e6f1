// What a program says of itself, as a sentence.

/** With a capital at its beginning and a full stop at its end, unless it ends with a mark of its own; what promised more and gave none (`status 503: `) ends there. An empty text stays empty. */
export function sentence(text: string): string {
  const trimmed = text.trim().replace(/[\s:;,]+$/u, "");
  if (trimmed === "") return "";
  return trimmed.slice(0, 1).toUpperCase() + trimmed.slice(1) + (/[.!?…]$/u.test(trimmed) ? "" : ".");
}
