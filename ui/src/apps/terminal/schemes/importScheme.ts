// Colour schemes from files that other terminals write: what is in them, or a sentence that says why nothing could be taken over; pure.
import { mixColors } from "./colors";
import { parseItermColors } from "./iterm";
import { ANSI_NAMES, type Scheme } from "./schemes";
import { parseWindowsTerminal } from "./windowsTerminal";

/** A scheme as it is kept: whether it is dark is seen from its colours. */
export type SchemeColors = Omit<Scheme, "isDark">;

/** What a file says; null where it says nothing. */
export interface FoundColors {
  name: string | null;
  foreground: string | null;
  background: string | null;
  cursor: string | null;
  selection: string | null;
  ansi: readonly (string | null)[];
}

export type Imported = { schemes: readonly SchemeColors[]; mistake: null } | { schemes: null; mistake: string };

export const LARGEST_BYTES = 256 * 1024;
export const MOST_IMPORTED = 50;
const LONGEST_NAME = 100;

const NOT_A_SCHEME = "This is no colour scheme. HeadlessOS reads iTerm2 files (.itermcolors) and Windows Terminal schemes (.json).";

/** The schemes in a file, each with an id made of its name; an iTerm2 file has no name but the file's. */
export function importSchemes(text: string, fileName: string): Imported {
  if (text.length > LARGEST_BYTES) return mistake("The file is too large for a colour scheme: 256 KiB at most.");
  const bare = text.replace(/^\ufeff/, "").trimStart();
  const found = bare.startsWith("<") ? listOf(parseItermColors(bare)) : parseWindowsTerminal(bare, MOST_IMPORTED);
  if (found === null) return mistake(NOT_A_SCHEME);
  const schemes: SchemeColors[] = [];
  for (const each of found) {
    const name = cleanName(each.name ?? "") || cleanName(fileName.replace(/\.[a-z]{1,12}$/i, "")) || "Imported";
    const lacking = lackingIn(each);
    const { foreground, background } = each;
    if (lacking.length > 0 || foreground === null || background === null) return mistake(`${name} lacks ${inWords(lacking)}.`);
    schemes.push({
      id: idOf(name),
      name,
      foreground,
      background,
      cursor: each.cursor ?? foreground,
      selection: each.selection ?? mixColors(background, foreground, 0.25),
      ansi: each.ansi.map((color) => color ?? foreground),
    });
  }
  return { schemes, mistake: null };
}

/** The kept schemes with the imported ones: one of the same name is replaced and keeps its id. */
export function withImported(kept: readonly SchemeColors[], imported: readonly SchemeColors[]): Imported {
  const schemes = [...kept];
  for (const scheme of imported) {
    const at = schemes.findIndex((each) => each.name === scheme.name);
    if (at >= 0) schemes[at] = { ...scheme, id: schemes[at]?.id ?? scheme.id };
    else schemes.push({ ...scheme, id: freeId(scheme.id, schemes) });
  }
  if (schemes.length > MOST_IMPORTED) return mistake(`At most ${MOST_IMPORTED} imported schemes are kept. Remove some first.`);
  return { schemes, mistake: null };
}

function lackingIn(found: FoundColors): string[] {
  return [
    ...(found.foreground === null ? ["the foreground"] : []),
    ...(found.background === null ? ["the background"] : []),
    ...found.ansi.flatMap((color, index) => (color === null ? [`colour ${index} (${ANSI_NAMES[index] ?? ""})`] : [])),
  ];
}

function inWords(parts: readonly string[]): string {
  return parts.length > 3 ? `${parts.slice(0, 2).join(", ")} and ${parts.length - 2} more` : parts.join(", ");
}

function idOf(name: string): string {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `imported-${slug.slice(0, 60) || "scheme"}`;
}

function freeId(id: string, schemes: readonly SchemeColors[]): string {
  let free = id;
  for (let count = 2; schemes.some((each) => each.id === free); count += 1) free = `${id}-${count}`;
  return free;
}

/** On one line, without what cannot be seen, at most a hundred characters. */
function cleanName(name: string): string {
  const visible = name.slice(0, 4 * LONGEST_NAME).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "");
  return Array.from(visible).slice(0, LONGEST_NAME).join("").trim();
}

function listOf(found: FoundColors | null): FoundColors[] | null {
  return found === null ? null : [found];
}

function mistake(sentence: string): Imported {
  return { schemes: null, mistake: sentence };
}
