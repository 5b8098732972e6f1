// What files held before they were saved, kept by the program on this computer where that is wanted.
import { request, send } from "./client";

export interface FileVersion {
  id: number;
  /** When another took its place, seconds since 1970. */
  keptAt: number;
  sizeBytes: number;
}

/** Newest first. */
export async function listVersions(server: string, path: string, signal?: AbortSignal): Promise<FileVersion[]> {
  return (await request<{ versions: FileVersion[] }>("POST", base(server), { path }, signal)).versions;
}

export async function readVersion(server: string, path: string, id: number, signal: AbortSignal): Promise<Uint8Array> {
  const response = await send(`${base(server)}?path=${encodeURIComponent(path)}&id=${id}`, { signal });
  return new Uint8Array(await response.arrayBuffer());
}

/** Of a file; with null of all files of the server. */
export async function forgetVersions(server: string, path: string | null): Promise<void> {
  await request<undefined>("POST", `${base(server)}/forget`, { path });
}

function base(server: string): string {
  return `/servers/${encodeURIComponent(server)}/files/versions`;
}
