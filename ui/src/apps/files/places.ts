// The folders a person comes back to: bookmarks by choice, recent ones by themselves; by server, kept in the browser.
import { create } from "zustand";
import { isId, isRecord, parseStored } from "../../lib/stored";
import { isPath } from "./layoutStorage";

const STORAGE_KEY = "headlessos.files.places";
const MOST_RECENT = 12;
const MOST_BOOKMARKS = 60;

export interface Places {
  bookmarks: readonly string[];
  recent: readonly string[];
}

const NONE: Places = { bookmarks: [], recent: [] };

export const usePlaces = create<Readonly<Record<string, Places>>>(() => load());

export function placesOf(state: Readonly<Record<string, Places>>, server: string): Places {
  return state[server] ?? NONE;
}

export function toggleBookmark(server: string, path: string): void {
  change(server, (places) => ({
    ...places,
    bookmarks: places.bookmarks.includes(path) ? places.bookmarks.filter((each) => each !== path) : [...places.bookmarks, path].slice(-MOST_BOOKMARKS),
  }));
}

export function visited(server: string, path: string): void {
  if (placesOf(usePlaces.getState(), server).recent[0] === path) return;
  change(server, (places) => ({ ...places, recent: [path, ...places.recent.filter((each) => each !== path)].slice(0, MOST_RECENT) }));
}

export function forgetRecent(server: string): void {
  change(server, (places) => ({ ...places, recent: [] }));
}

export function readPlaces(text: string): Record<string, Places> {
  const stored = parseStored(text);
  const read: Record<string, Places> = {};
  if (!isRecord(stored)) return read;
  for (const [server, places] of Object.entries(stored)) {
    if (!isId(server) || !isRecord(places)) continue;
    const { bookmarks, recent } = places;
    read[server] = {
      bookmarks: Array.isArray(bookmarks) ? (bookmarks as unknown[]).filter(isPath).slice(0, MOST_BOOKMARKS) : [],
      recent: Array.isArray(recent) ? (recent as unknown[]).filter(isPath).slice(0, MOST_RECENT) : [],
    };
  }
  return read;
}

function change(server: string, how: (places: Places) => Places): void {
  usePlaces.setState((state) => ({ [server]: how(placesOf(state, server)) }));
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(usePlaces.getState()));
  } catch {
    // Storage is off: the places still hold for this page.
  }
}

function load(): Record<string, Places> {
  try {
    return readPlaces(window.localStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    return {};
  }
}
