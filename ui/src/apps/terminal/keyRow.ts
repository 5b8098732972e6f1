// What the keys of the key row send, alone and with Ctrl or Alt held by the row; pure.

export interface Held {
  ctrl: boolean;
  alt: boolean;
}
export type NamedKey = "escape" | "tab" | "up" | "down" | "left" | "right" | "home" | "end" | "pageUp" | "pageDown";

const ESC = "\u001b";
const FINALS: Partial<Record<NamedKey, string>> = { up: "A", down: "B", right: "C", left: "D", home: "H", end: "F" };
const TILDES: Partial<Record<NamedKey, string>> = { pageUp: "5", pageDown: "6" };

/** `isApplication`: the program asked for the cursor keys' other codes. */
export function keyInput(key: NamedKey, held: Held, isApplication: boolean): string {
  const modifier = 1 + (held.alt ? 2 : 0) + (held.ctrl ? 4 : 0);
  const final = FINALS[key];
  if (final !== undefined) return modifier > 1 ? `${ESC}[1;${modifier}${final}` : `${ESC}${isApplication ? "O" : "["}${final}`;
  const tilde = TILDES[key];
  if (tilde !== undefined) return `${ESC}[${tilde}${modifier > 1 ? `;${modifier}` : ""}~`;
  return `${held.alt ? ESC : ""}${key === "escape" ? ESC : "\t"}`;
}

/** What was typed with the held keys added; they count for one character. */
export function withHeld(data: string, { ctrl, alt }: Held): string {
  if (data.length !== 1) return data;
  const code = data.toUpperCase().charCodeAt(0);
  const isControl = ctrl && ((code >= 0x40 && code <= 0x5f) || data === " " || data === "?");
  const typed = !isControl ? data : data === "?" ? "\u007f" : String.fromCharCode(data === " " ? 0 : code & 0x1f);
  return alt ? `${ESC}${typed}` : typed;
}
