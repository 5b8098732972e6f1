// What the list of servers shows: found by words and tags, put in order, under their folders; pure.
import { addressOf } from "../../api/servers";
import type { Server } from "../../api/types";

export type Sort = "own" | "name" | "address" | "state" | "lastSeen";

export interface View {
  /** Words that must all occur in name, address, folder, tags or notes. */
  text: string;
  /** Tags that a server must all have. */
  tags: ReadonlySet<string>;
  sort: Sort;
  isDescending: boolean;
  /** The folders that are closed, by their path. */
  closed: ReadonlySet<string>;
}

export type Row =
  | { kind: "folder"; id: string; path: string; name: string; depth: number; count: number; isOpen: boolean }
  | { kind: "server"; id: string; server: Server; depth: number };

interface Folder {
  path: string;
  name: string;
  folders: Map<string, Folder>;
  servers: Server[];
}

/** The servers that fit, in the order of the list. */
export function found(servers: readonly Server[], { text, tags }: Pick<View, "text" | "tags">): Server[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return servers.filter((server) => [...tags].every((tag) => server.tags.includes(tag)) && words.every((word) => wordsIn(server).includes(word)));
}

/** The rows in sight of a reader: a folder comes before what is in it, what is in no folder before all folders. While something is searched for, every folder is open. */
export function rowsOf(servers: readonly Server[], view: View): Row[] {
  const root: Folder = { path: "", name: "", folders: new Map(), servers: [] };
  for (const server of found(servers, view)) folderFor(root, server.folder).servers.push(server);
  const isFiltered = view.text.trim() !== "" || view.tags.size > 0;
  const rows: Row[] = [];
  const add = (folder: Folder, depth: number) => {
    for (const server of sorted(folder.servers, view)) rows.push({ kind: "server", id: `server ${server.id}`, server, depth });
    for (const child of [...folder.folders.values()].toSorted((one, other) => compare(one.name, other.name))) {
      const isOpen = isFiltered || !view.closed.has(child.path);
      rows.push({ kind: "folder", id: `folder ${child.path}`, path: child.path, name: child.name, depth, count: countIn(child), isOpen });
      if (isOpen) add(child, depth + 1);
    }
  };
  add(root, 0);
  return rows;
}

/** Every tag with how many servers have it, the most used first. */
export function tagsOf(servers: readonly Server[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { tags } of servers) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].map(([tag, count]) => ({ tag, count })).toSorted((one, other) => other.count - one.count || compare(one.tag, other.tag));
}

function wordsIn(server: Server): string {
  return [server.name, addressOf(server), server.folder, ...server.tags, server.notes].join("\n").toLowerCase();
}

function folderFor(root: Folder, path: string): Folder {
  let folder = root;
  for (const name of path.split("/").filter(Boolean)) {
    const below = folder.path === "" ? name : `${folder.path}/${name}`;
    let child = folder.folders.get(name);
    if (child === undefined) {
      child = { path: below, name, folders: new Map(), servers: [] };
      folder.folders.set(name, child);
    }
    folder = child;
  }
  return folder;
}

function countIn(folder: Folder): number {
  let count = folder.servers.length;
  for (const child of folder.folders.values()) count += countIn(child);
  return count;
}

/** Most wanted first: what needs a person, what is open, what is on its way, the rest. */
const STATES: Record<Server["state"]["status"], number> = { question: 0, failed: 1, reconnecting: 2, connecting: 3, connected: 4, disconnected: 5 };

function sorted(servers: readonly Server[], { sort, isDescending }: View): readonly Server[] {
  if (sort === "own") return servers;
  const order = {
    name: (one: Server, other: Server) => compare(one.name, other.name),
    address: (one: Server, other: Server) => compare(addressOf(one), addressOf(other)),
    state: (one: Server, other: Server) => STATES[one.state.status] - STATES[other.state.status] || compare(one.name, other.name),
    // The latest first; those never seen last.
    lastSeen: (one: Server, other: Server) => compare(other.lastSeen ?? "", one.lastSeen ?? "") || compare(one.name, other.name),
  }[sort];
  return servers.toSorted((one, other) => (isDescending ? order(other, one) : order(one, other)));
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compare(one: string, other: string): number {
  return collator.compare(one, other);
}
