// Which files of an upload meet one that is there, and what becomes of each once a person has chosen.
import { freeName, joinPath, nameOf, parentOf } from "../lib/remotePath";
import { fileInfos } from "./files";
import type { ConflictChoice, FileInfo } from "./fileTypes";
import type { UploadSource } from "./uploads";

export interface PlannedFile {
  path: string;
  relativePath: string;
  file: File;
  sizeBytes: number;
  replace: boolean;
  /** The server's name, once it was typed to replace something on a production server. */
  confirm: string | null;
  /** What has its name; null when the name is free. */
  there: FileInfo | null;
}

export interface Plan {
  /** Folders to make, those above first. */
  folders: readonly string[];
  files: PlannedFile[];
}

/** Looks at what is there: only below those names at the top that are taken. */
export async function planUpload(server: string, folder: string, sources: readonly UploadSource[], signal: AbortSignal): Promise<Plan> {
  const tops = [...new Set(sources.map((source) => topOf(source.relativePath)))];
  const infos = await fileInfos(server, tops.map((top) => joinPath(folder, top)), signal);
  const takenTops = new Set(tops.filter((_top, at) => infos[at] !== null && infos[at] !== undefined));
  const files = sources.flatMap(({ relativePath, file }) =>
    file === null ? [] : [{ path: joinPath(folder, relativePath), relativePath, file, sizeBytes: file.size, replace: false, confirm: null, there: null as FileInfo | null }],
  );
  const suspects = files.filter((each) => takenTops.has(topOf(each.relativePath)));
  const there = await fileInfos(server, suspects.map((each) => each.path), signal);
  for (const [at, each] of suspects.entries()) each.there = there[at] ?? null;
  const folders = sources.filter(({ file, isUnreadable }) => file === null && isUnreadable !== true).map((source) => joinPath(folder, source.relativePath));
  return { folders: folders.toSorted((one, other) => depthOf(one) - depthOf(other)), files };
}

/** Does with a file what was chosen; false when it is not sent. `taken` are the names that the upload itself uses. */
export function settle(planned: PlannedFile, choice: ConflictChoice, confirm: string | null, isTaken: (path: string) => boolean): boolean {
  const { there } = planned;
  if (there === null || choice === "skip") return there === null;
  if (choice === "newer" && Math.floor(planned.file.lastModified / 1000) <= (there.modifiedAt ?? 0)) return false;
  if (choice === "rename") {
    const above = parentOf(planned.path);
    planned.path = joinPath(above, freeName(nameOf(planned.path), "", (name) => isTaken(joinPath(above, name))));
  } else {
    planned.replace = true;
    planned.confirm = confirm;
  }
  planned.there = null;
  return true;
}

function topOf(relativePath: string): string {
  return relativePath.split("/", 1)[0] ?? relativePath;
}

function depthOf(path: string): number {
  return path.split("/").length;
}
