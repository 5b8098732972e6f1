// Files and folders of this computer as they come from a drop, a paste or a picker.
import type { UploadSource } from "../../api/uploads";

/** Whether a drag brings files of this computer. */
export function bringsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes("Files") === true;
}

/** What was dropped, folders walked to their end; must be called while the event is handled, as the data is gone after it. */
export async function sourcesOf(data: DataTransfer): Promise<UploadSource[]> {
  const entries = [...data.items].filter((item) => item.kind === "file").map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = await Promise.all(
    entries.map(async ({ entry, file }): Promise<UploadSource[]> => {
      if (entry !== null) return walk(entry, entry.name);
      return file === null ? [] : [{ relativePath: file.name, file }];
    }),
  );
  return found.flat();
}

/** What a picker gave; those of a folder picker know their place in it. */
export function sourcesOfFiles(files: Iterable<File>): UploadSource[] {
  const sources: UploadSource[] = [];
  const folders = new Set<string>();
  for (const file of files) {
    const relativePath = file.webkitRelativePath === "" ? file.name : file.webkitRelativePath;
    const parts = relativePath.split("/");
    for (let depth = 1; depth < parts.length; depth += 1) folders.add(parts.slice(0, depth).join("/"));
    sources.push({ relativePath, file });
  }
  return [...[...folders].map((relativePath) => ({ relativePath, file: null })), ...sources];
}

async function walk(entry: FileSystemEntry, relativePath: string): Promise<UploadSource[]> {
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    return [file === null ? { relativePath, file, isUnreadable: true } : { relativePath, file }];
  }
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const inside: FileSystemEntry[] = [];
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- the browser gives a hundred at a time
    const part = await new Promise<FileSystemEntry[] | null>((resolve) => reader.readEntries(resolve, () => resolve(null)));
    if (part === null) return [{ relativePath, file: null, isUnreadable: true }];
    if (part.length === 0) break;
    inside.push(...part);
  }
  const below = await Promise.all(inside.map((each) => walk(each, `${relativePath}/${each.name}`)));
  return [{ relativePath, file: null }, ...below.flat()];
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
