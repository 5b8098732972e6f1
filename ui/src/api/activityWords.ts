// The journal's words for people; pure.
import type { ActivityEntry } from "./types";
import { formatMoment } from "../lib/time";

const TITLES: Record<string, string> = {
  "server.connect": "Connection",
  "server.facts": "First look at the server",
  "server.administrator": "Administrator access",
  "server.ways": "Test of the connection",
  "files.session": "File session (SFTP)",
  "files.save": "File saved",
  "files.upload": "Uploaded",
  "files.makeFolder": "Folder made",
  "files.makeFile": "File made",
  "files.makeLink": "Link made",
  "files.rename": "Renamed",
  "files.mode": "Permissions changed",
  "files.attributes": "Permissions or owner changed",
  "files.copy": "Copied",
  "files.move": "Moved",
  "files.delete": "Deleted for good",
  "files.trash": "Moved to the Recycle Bin",
  "files.restore": "Restored from the Recycle Bin",
  "files.emptyTrash": "Recycle Bin emptied",
  "files.searchContent": "Search in files",
  "files.tidyUp": "Left-over file removed",
  "terminals.open": "Terminal",
  "terminals.process": "Look at what runs in a terminal",
  "forwards.open": "Port forwarded",
};

/** `storage.filesystems` -> `Storage: filesystems`, and better words where there are some. */
export function titleOf(what: string): string {
  const known = TITLES[what];
  if (known !== undefined) return known;
  const [first = "", ...more] = what.split(/\s+/);
  if (more.length > 0) return `${titleOf(first)} and ${more.length} more`;
  const [room = "", ...rest] = first.split(".");
  const words = rest
    .join(" ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  const name = room.charAt(0).toUpperCase() + room.slice(1);
  return words === "" ? name : `${name}: ${words}`;
}

const ASKERS: Record<ActivityEntry["asker"], string> = {
  program: "by itself",
  ui: "in the desktop",
  api: "over the API",
  cli: "on the command line",
  agent: "by the AI agent",
};

export function askerWords(asker: ActivityEntry["asker"]): string {
  return ASKERS[asker];
}

export type Tone = "good" | "bad" | "running" | "quiet";

/** How it went, in a word and a tone. A command's exit code other than 0 is often an answer, not a failure. */
export function outcomeOf({ outcome, exitCode }: Pick<ActivityEntry, "outcome" | "exitCode">): { word: string; tone: Tone } {
  if (outcome === null) return { word: "goes on", tone: "running" };
  if (outcome === "ok") return { word: "done", tone: "good" };
  if (outcome === "cancelled") return { word: "stopped", tone: "quiet" };
  if (exitCode !== null && exitCode !== 0) return { word: `exit code ${exitCode}`, tone: "quiet" };
  return { word: WORDS[outcome] ?? "failed", tone: "bad" };
}

const WORDS: Record<string, string> = {
  timeout: "took too long",
  lost: "connection lost",
  execRefused: "refused by the server",
  passwordRefused: "password refused",
  passwordNeeded: "password needed",
  notAdministrator: "not allowed",
  outputTooLarge: "printed too much",
  permissionDenied: "permission denied",
};

/** The day in which a moment lies, for headings: `Monday, 30 November 2026`, with "Today" and "Yesterday" before it. */
export function dayOf(at: string, nowMs: number, timeZone?: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const format = (each: Date) => formatMoment(each, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone });
  const day = format(date);
  if (day === format(new Date(nowMs))) return `Today, ${day}`;
  if (day === format(new Date(nowMs - 86_400_000))) return `Yesterday, ${day}`;
  return day;
}

/** The beginning of a day that a date field gives (`2026-11-24`), in the reader's zone; with `after`, of the day after it. Null: it is none. */
export function startOfDay(day: string, after = 0): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return null;
  const [, year, month, date] = match.map(Number);
  const at = new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + after);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
