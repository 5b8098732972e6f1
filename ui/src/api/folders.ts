// The folders that are shown or were a moment ago, by server and path; shown ones are read again when they change.
import { useEffect, useSyncExternalStore } from "react";
import { fileInfos } from "./files";
import { Folder, NO_NAMES, type FolderSnapshot } from "./folder";
import { parentOf } from "../lib/remotePath";

const MOST_KEPT = 24;
const MOST_KEPT_ITEMS = 300_000;
/** A folder that is shown again after this long is read again. */
const FRESH_MS = 1500;
const LOOK_EVERY_MS = 4000;

const folders = new Map<string, Folder>();
const NOTHING: FolderSnapshot = { path: "", items: [], generation: 0, status: "loading", error: null, users: NO_NAMES, groups: NO_NAMES, readAtMs: null };

function folderAt(server: string, path: string): Folder {
  const key = `${server}\0${path}`;
  const known = folders.get(key);
  if (known !== undefined) return known;
  const folder = new Folder(server, path);
  folders.set(key, folder);
  forgetOld();
  return folder;
}

/** Follows a folder while the component is shown and the server is connected; null follows none. */
export function useFolder(server: string, path: string | null, isConnected: boolean): FolderSnapshot {
  const folder = path === null ? null : folderAt(server, path);
  const snapshot = useSyncExternalStore(
    (notify) => folder?.subscribe(notify) ?? (() => undefined),
    () => folder?.snapshot ?? NOTHING,
  );
  useEffect(() => {
    if (folder === null || !isConnected) return undefined;
    const { readAtMs } = folder.snapshot;
    if (!folder.isReading && (readAtMs === null || Date.now() - readAtMs > FRESH_MS)) void folder.read();
    return watch(folder);
  }, [folder, isConnected]);
  const isGone = snapshot.error?.code === "noSuchFile";
  useEffect(() => {
    if (isGone && path !== null) foldersChanged(server, [parentOf(path)]);
  }, [isGone, server, path]);
  return snapshot;
}

/** Reads a folder again, wherever it is shown. */
export async function reloadFolder(server: string, path: string): Promise<void> {
  await folderAt(server, path).read();
}

/** Another user reads the server now: what is shown is read again, the rest forgotten. */
export function reloadFolders(server: string): void {
  const paths = [...folders.values()].filter((folder) => folder.server === server).map((folder) => folder.path);
  foldersChanged(server, paths);
}

/** Something in these folders was changed: those shown are read again, the others forgotten. */
export function foldersChanged(server: string, paths: Iterable<string>): void {
  for (const path of new Set(paths)) {
    const key = `${server}\0${path}`;
    const folder = folders.get(key);
    if (folder?.isWatched === true) void folder.read();
    else folders.delete(key);
  }
}

/** The folders that hold these paths were changed. */
export function parentsChanged(server: string, paths: Iterable<string>): void {
  foldersChanged(server, [...paths].map(parentOf));
}

/** What is known of a folder at the moment, without asking. */
export function knownFolder(server: string, path: string): FolderSnapshot | null {
  return folders.get(`${server}\0${path}`)?.snapshot ?? null;
}

/** Looks now and then whether the folder's own time has changed, which costs next to nothing, and reads it again when it has. */
function watch(folder: Folder): () => void {
  const look = async () => {
    if (document.visibilityState !== "visible" || folder.isReading || folder.snapshot.readAtMs === null) return;
    const [info] = await fileInfos(folder.server, [folder.path]).catch(() => [undefined]);
    if (info === undefined) return;
    const now = info?.modifiedAt ?? null;
    // A folder that is gone says so when it is read.
    if (folder.modifiedAt !== undefined && folder.modifiedAt !== now) void folder.read();
    else folder.modifiedAt = now;
  };
  void look();
  const timer = window.setInterval(() => void look(), LOOK_EVERY_MS);
  return () => window.clearInterval(timer);
}

function forgetOld(): void {
  const idle = [...folders.entries()].filter(([, folder]) => !folder.isWatched).toSorted(([, one], [, other]) => one.usedAtMs - other.usedAtMs);
  let items = 0;
  for (const folder of folders.values()) items += folder.snapshot.items.length;
  let count = folders.size;
  for (const [key, folder] of idle) {
    // The newest one is about to be shown.
    if ((count <= MOST_KEPT && items <= MOST_KEPT_ITEMS) || Date.now() - folder.usedAtMs < 1000) return;
    folders.delete(key);
    count -= 1;
    items -= folder.snapshot.items.length;
  }
}
