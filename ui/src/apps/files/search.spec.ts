// Holds what the program is asked for, and what is said of a search.
import { expect, it } from "vitest";
import { searchBody, type Search, type Wanted } from "./search";
import { failedTitle, foundWords, nothingWords, unreadWords, wantedWords } from "./searchWords";

const NAMES: Wanted = { folder: "/etc", name: "*.conf", content: null, hidden: false };
const CONTENT: Wanted = { folder: "/etc", name: "", content: { text: "listen 80", regex: false, anyCase: true }, hidden: true };

function search(wanted: Wanted, change: Partial<Search> = {}): Search {
  return { ...wanted, id: 1, items: [], end: { folders: 3, seen: 1200, limited: false, unread: 0 }, error: null, isStopped: false, ...change };
}

it("asks for names or for content", () => {
  expect(searchBody(NAMES)).toEqual({ path: "/etc", name: "*.conf", content: null, hidden: false, limit: 5000 });
  expect(searchBody(CONTENT)).toEqual({ path: "/etc", name: "", content: { text: "listen 80", regex: false, anyCase: true }, hidden: true, limit: 5000 });
});

it("says what is looked for", () => {
  expect(wantedWords(search(NAMES))).toBe("“*.conf” in etc and below");
  expect(wantedWords(search(CONTENT))).toBe("“listen 80” in the files of etc and below");
  expect(wantedWords(search({ ...CONTENT, content: { text: "a\u202e|b", regex: true, anyCase: false } }))).toBe("Pattern “a<U+202E>|b” in the files of etc and below, case matters");
});

it("says what was found, and whether that is all", () => {
  expect(foundWords(search(NAMES), 1)).toBe("1 item found");
  expect(foundWords(search(CONTENT, { end: null }), 2)).toBe("2 files found, searching");
  expect(foundWords(search(CONTENT, { end: { folders: 0, seen: 0, limited: true, unread: 0 } }), 5000)).toBe("The first 5,000 files; there are more");
  expect(foundWords(search(CONTENT, { end: null, isStopped: true }), 1)).toBe("1 file found; stopped");
});

it("says nothing of numbers that a search in content does not know", () => {
  expect(nothingWords(search(NAMES))).toBe("1,200 names in 3 folders were looked at.");
  const none = search({ ...CONTENT, hidden: false }, { end: { folders: 0, seen: 0, limited: false, unread: 12 } });
  expect(nothingWords(none)).toBe("No text file in etc or below holds it; 12 files could not be read. Hidden files were left out.");
  expect(unreadWords(none)).toBe("12 files could not be read");
  expect(unreadWords(search(NAMES, { end: { folders: 1, seen: 1, limited: false, unread: 1 } }))).toBe("1 folder could not be read");
});

it("tells a bad pattern from a search that failed", () => {
  const error = { code: "invalid", message: "no", hint: null, server: null, command: null, requestId: null };
  expect(failedTitle(search({ ...CONTENT, content: { text: "(", regex: true, anyCase: true } }, { end: null, error }))).toBe("This regular expression cannot be used");
  expect(failedTitle(search(CONTENT, { end: null, error }))).toBe("The search failed");
});
