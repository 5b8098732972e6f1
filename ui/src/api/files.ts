// What can be asked of and done to a server's files in one step; each call only asks the program.
import { useQuery } from "@tanstack/react-query";
import { queryClient } from "./cache";
import { request, RequestError, send } from "./client";
import { offlineError } from "./errors";
import type { FileInfo, FileSearch, FoundFile, Home, Measure, PathFailure, Space, Trash } from "./fileTypes";
import { readNdjson } from "./ndjson";
import type { ErrorBody } from "./types";

const MOST_INFOS = 1000;

function url(server: string, what: string): string {
  return `/servers/${encodeURIComponent(server)}/files/${what}`;
}

const homeKey = (server: string) => ["files", server, "home"] as const;

/** Where the account's home is, and whether it has a Recycle Bin; null until it is known, and where it cannot be told. */
export function useHome(server: string, isConnected: boolean): { home: Home | null; isUnknown: boolean } {
  const { data, isError } = useQuery({ queryKey: homeKey(server), queryFn: () => request<Home>("POST", url(server, "home"), {}), enabled: isConnected, retry: 1 });
  return { home: data ?? null, isUnknown: isError };
}

export function knownHome(server: string): Home | null {
  return queryClient.getQueryData<Home>(homeKey(server)) ?? null;
}

/** Whether deleted files can go to a Recycle Bin; they can unless the server said otherwise. */
export function hasBin(server: string): boolean {
  return knownHome(server)?.trash !== false;
}

/** What each path is; null for one that is not there. */
export async function fileInfos(server: string, paths: readonly string[], signal?: AbortSignal): Promise<(FileInfo | null)[]> {
  const infos: (FileInfo | null)[] = [];
  for (let at = 0; at < paths.length; at += MOST_INFOS) {
    // oxlint-disable-next-line no-await-in-loop -- one request has a limit
    const part = await request<{ infos: (FileInfo | null)[] }>("POST", url(server, "info"), { paths: paths.slice(at, at + MOST_INFOS) }, signal);
    infos.push(...part.infos);
  }
  return infos;
}

/** The room on the filesystem of a folder, asked again every half minute; null when it is not known. */
export function useSpace(server: string, path: string, isConnected: boolean): Space | null {
  const { data } = useQuery({
    queryKey: ["files", server, "space", path],
    queryFn: async () => (await request<{ space: Space | null }>("POST", url(server, "space"), { path })).space,
    enabled: isConnected,
    refetchInterval: 30_000,
    staleTime: 10_000,
  });
  return data ?? null;
}

export async function createFolder(server: string, path: string): Promise<void> {
  await request("POST", url(server, "folders"), { path });
}

export async function createFile(server: string, path: string): Promise<void> {
  await request("POST", url(server, "files"), { path });
}

export async function createLink(server: string, path: string, target: string): Promise<void> {
  await request("POST", url(server, "links"), { path, target });
}

export async function renameFile(server: string, from: string, to: string): Promise<void> {
  await request("POST", url(server, "rename"), { from, to });
}

/** Counts what lies in the paths, telling how far it is; what could not be read comes at the end. */
export async function measureFiles(server: string, paths: readonly string[], signal: AbortSignal, onProgress: (so: Measure) => void): Promise<Measure & { unread: PathFailure[] }> {
  let done: (Measure & { unread: PathFailure[] }) | null = null;
  await stream(server, "measure", { paths }, signal, (value) => {
    const line = value as { progress?: Measure; done?: Measure & { unread: PathFailure[] } };
    if (line.progress !== undefined) onProgress(line.progress);
    if (line.done !== undefined) done = line.done;
  });
  return done ?? cutOff();
}

export interface SearchEnd {
  /** Like `seen` nothing of a search in content, which does not know it. */
  folders: number;
  seen: number;
  /** There was more than was asked for. */
  limited: boolean;
  /** Folders, or of a search in content files, that could not be read. */
  unread: number;
}

/** Looks for names, or for what files hold, below a folder. */
export async function searchFiles(
  server: string,
  asked: FileSearch,
  signal: AbortSignal,
  onFound: (found: readonly FoundFile[]) => void,
): Promise<SearchEnd> {
  let done: SearchEnd | null = null;
  await stream(server, "search", asked, signal, (value) => {
    const line = value as { found?: FoundFile[]; done?: SearchEnd };
    if (line.found !== undefined) onFound(line.found);
    if (line.done !== undefined) done = line.done;
  });
  return done ?? cutOff();
}

/** Where a file's bytes are. */
export function contentUrl(server: string, path: string, isDownload = false): string {
  return `/api${url(server, "content")}?path=${encodeURIComponent(path)}${isDownload ? "&download=1" : ""}`;
}

export type ArchiveFormat = "tar" | "zip";

/** Where several files and folders are as one archive. */
export function archiveUrl(server: string, paths: readonly string[], name: string, format: ArchiveFormat): string {
  const query = [...paths.map((path) => `path=${encodeURIComponent(path)}`), `format=${format}`, `name=${encodeURIComponent(`${name}.${format}`)}`];
  return `/api${url(server, "archive")}?${query.join("&")}`;
}

/** The first bytes of a file. */
export async function readHead(server: string, path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const response = await send(`${url(server, "content")}?path=${encodeURIComponent(path)}`, { headers: { range: `bytes=0-${maxBytes - 1}` }, signal });
  return new Uint8Array(await response.arrayBuffer());
}

/** Everything in the Recycle Bin, read anew each time it is shown. */
export async function readTrash(server: string): Promise<Trash> {
  return request<Trash>("POST", url(server, "trash"), {});
}

/** Asks for an answer that comes line by line; an error in it is thrown like any other. */
export async function stream(server: string, what: string, body: unknown, signal: AbortSignal, onValue: (value: unknown) => void): Promise<void> {
  const response = await send(url(server, what), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal });
  if (response.body === null) return;
  try {
    await readNdjson(response.body, (values) => {
      for (const value of values) {
        const { error } = value as { error?: ErrorBody };
        if (error !== undefined) throw new RequestError({ ...offlineError(), ...error }, 200);
        onValue(value);
      }
    });
  } catch (thrown) {
    if (signal.aborted || thrown instanceof RequestError) throw thrown;
    cutOff();
  }
}

/** An answer that ended before it was whole. */
export function cutOff(): never {
  throw new RequestError({ ...offlineError(), code: "lost", message: "The answer was cut off." }, 0);
}
