// How the explorer speaks of a search: what is looked for, what was found, and why there is nothing.
import { visibleText } from "../../lib/visibleText";
import { isLooking, type Search } from "./search";
import { folderName, itemsWord } from "./words";

const LONGEST = 60;

function counted(count: number, one: string): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : `${one}s`}`;
}

/** What is looked for, where. */
export function wantedWords({ name, content, folder }: Search): string {
  const where = `${folderName(folder)} and below`;
  if (content === null) return `“${visibleText(name, LONGEST)}” in ${where}`;
  return `${content.regex ? "Pattern " : ""}“${visibleText(content.text, LONGEST)}” in the files of ${where}${content.anyCase ? "" : ", case matters"}`;
}

/** How much was found so far. */
export function foundWords(search: Search, count: number): string {
  const items = search.content === null ? itemsWord(count) : counted(count, "file");
  if (isLooking(search)) return `${items} found, searching`;
  if (search.error !== null) return count === 0 ? "Nothing found" : `${items} found before it failed`;
  if (search.isStopped) return `${items} found; stopped`;
  if (search.end?.limited !== true) return `${items} found`;
  return search.content === null ? `${items} found; there are more` : `The first ${items}; there are more`;
}

/** What could not be read; null where all could. */
export function unreadWords({ end, content }: Search): string | null {
  if (end === null || end.unread === 0) return null;
  return `${counted(end.unread, content === null ? "folder" : "file")} could not be read`;
}

/** What was looked at without finding anything. */
export function nothingWords(search: Search): string {
  const { end, content, hidden, folder } = search;
  const unread = unreadWords(search);
  const looked =
    content === null
      ? end === null ? null : `${end.seen.toLocaleString("en-GB")} names in ${counted(end.folders, "folder")} were looked at${unread === null ? "" : `; ${unread}`}.`
      : `No text file in ${folderName(folder)} or below holds it${unread === null ? "" : `; ${unread}`}.${hidden ? "" : " Hidden files were left out."}`;
  return search.isStopped ? "It was stopped before it had found anything." : (looked ?? "");
}

/** Whether the server could not read the regular expression. */
export function isBadPattern({ content, error }: Search): boolean {
  return content?.regex === true && error?.code === "invalid";
}

/** What a search that failed is headed with. */
export function failedTitle(search: Search): string {
  return isBadPattern(search) ? "This regular expression cannot be used" : "The search failed";
}
