// The server manager's questions to the program: reachability, import and export, saving and copying a server.
import { putServer } from "./cache";
import { request } from "./client";
import type { Import, ImportFormat, NewServer, Reachability, Server } from "./types";

/** So many servers are looked at by one request. */
const MOST_LOOKED_AT = 200;

/** Adds a server that lasts as long as the program, until it is saved. */
export async function addUnsaved(server: NewServer): Promise<Server> {
  return taken(await request<Server>("POST", "/servers?save=false", server));
}

/** Keeps a server that was added without saving. */
export async function saveServer(id: string): Promise<Server> {
  return taken(await request<Server>("POST", `/servers/${encodeURIComponent(id)}/save`, {}));
}

export async function duplicateServer(id: string): Promise<Server> {
  return taken(await request<Server>("POST", `/servers/${encodeURIComponent(id)}/duplicate`, {}));
}

/** Whether servers answer: costs each of them a TCP connection that is closed after its greeting, so only when a person asks. */
export async function lookAt(ids: readonly string[]): Promise<Reachability[]> {
  const parts: Promise<{ servers: Reachability[] }>[] = [];
  for (let at = 0; at < ids.length; at += MOST_LOOKED_AT) parts.push(request("POST", "/servers/reachability", { servers: ids.slice(at, at + MOST_LOOKED_AT) }));
  return (await Promise.all(parts)).flatMap(({ servers }) => servers);
}

export interface ImportSource {
  /** Null: the program tells by what is in it. */
  format: ImportFormat | null;
  text?: string;
  /** The bytes of a file, which need not be UTF-8. */
  base64?: string;
  fileName?: string;
}

/** What the text would add; nothing is saved. */
export function previewImport(source: ImportSource): Promise<Import> {
  return request<Import>("POST", "/servers/import", source);
}

/** Adds those of the entries whose numbers are given. */
export async function runImport(source: ImportSource, add: readonly number[]): Promise<Server[]> {
  const { added } = await request<Import>("POST", "/servers/import", { ...source, add });
  for (const server of added) putServer(server);
  return added;
}

/** The address of a file with all servers and no secret. */
export function exportUrl(format: "json" | "csv" | "sshConfig"): string {
  return `/api/servers/export?format=${format}`;
}

function taken(server: Server): Server {
  putServer(server);
  return server;
}
