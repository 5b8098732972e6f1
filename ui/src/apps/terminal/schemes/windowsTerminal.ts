// The colours of a Windows Terminal scheme: one as an object, several as a list, or a whole settings file, which may hold comments.
import type { FoundColors } from "./importScheme";

const ANSI_KEYS = ["black", "red", "green", "yellow", "blue", "purple", "cyan", "white"];
const BRIGHT_KEYS = ANSI_KEYS.map((key) => `bright${key.charAt(0).toUpperCase()}${key.slice(1)}`);

/** The schemes that are there, at most `most` of them; null when the text is not JSON, or holds none. */
export function parseWindowsTerminal(text: string, most: number): FoundColors[] | null {
  let file: unknown;
  try {
    file = JSON.parse(withoutComments(text));
  } catch {
    return null;
  }
  const inside = isObject(file) && Array.isArray(file["schemes"]) ? file["schemes"] : file;
  const list: unknown[] = Array.isArray(inside) ? inside : [inside];
  const found = list.filter((each) => isObject(each)).filter((each) => "background" in each || "black" in each);
  return found.length === 0 ? null : found.slice(0, most).map(colorsOf);
}

function colorsOf(scheme: Record<string, unknown>): FoundColors {
  // Some call it as everybody else does.
  const read = (key: string) => asColor(own(scheme, key)) ?? asColor(own(scheme, key.replace("purple", "magenta").replace("Purple", "Magenta")));
  const name = own(scheme, "name");
  return {
    name: typeof name === "string" ? name : null,
    foreground: read("foreground"),
    background: read("background"),
    cursor: read("cursorColor"),
    selection: read("selectionBackground"),
    ansi: [...ANSI_KEYS, ...BRIGHT_KEYS].map(read),
  };
}

/** `#rgb` or `#rrggbb`, as the second. */
function asColor(value: unknown): string | null {
  if (typeof value !== "string") return null;
  if (/^#[0-9a-f]{6}$/i.test(value)) return value.toLowerCase();
  return /^#[0-9a-f]{3}$/i.test(value) ? value.toLowerCase().replace(/[0-9a-f]/g, "$&$&") : null;
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Without comments and without commas before a closing bracket, both of which settings files may hold; in one walk, as the file is a stranger's. */
function withoutComments(text: string): string {
  const pieces: string[] = [];
  let comma = -1;
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at);
    const piece = text.slice(at, end);
    at = end;
    if (/^\s|^\/[/*]/.test(piece)) {
      pieces.push(" ");
      continue;
    }
    if ((piece === "}" || piece === "]") && comma >= 0) pieces[comma] = "";
    comma = piece === "," ? pieces.length : -1;
    pieces.push(piece);
  }
  return pieces.join("");
}

/** Where the text in quotes, the comment or the single character ends that begins here. */
function endOfPiece(text: string, start: number): number {
  const after = (mark: string) => {
    const at = text.indexOf(mark, start + 2);
    return at < 0 ? text.length : at + mark.length;
  };
  if (text.startsWith("//", start)) return after("\n");
  if (text.startsWith("/*", start)) return after("*/");
  if (text[start] !== '"') return start + 1;
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
