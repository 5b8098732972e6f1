// What is done to files, from the question to the news about it: steps are asked of the program, long ones go on as jobs, and what can be taken back is remembered.
import { fileJobEnd, startFileJob } from "../../api/fileJobs";
import { createFile, createFolder, createLink, fileInfos, renameFile } from "../../api/files";
import type { Attributes, FileJob, FileJobRequest } from "../../api/fileTypes";
import { notGrantedOn } from "../../api/permissions";
import { foldersChanged, knownFolder, parentsChanged } from "../../api/folders";
import { groupBy } from "../../lib/groups";
import { freeName, isWithin, joinPath, nameOf, parentOf } from "../../lib/remotePath";
import { forgetClipboard, keep, type Clipboard } from "./clipboard";
import { say, sayError, sayTrouble, type Step } from "./notices";
import { recheckFound } from "./search";
import { openTransfers } from "./dialogs";
import { useSettings } from "./settings";
import { folderName, itemsWord, nameOrCount, shown } from "./words";

/** Makes a new folder, file or link; throws what the program answers, so that the dialog can show it. */
export async function create(server: string, path: string, what: "folder" | "file" | "link", target: string): Promise<void> {
  if (what === "folder") await createFolder(server, path);
  else if (what === "file") await createFile(server, path);
  else await createLink(server, path, target);
  parentsChanged(server, [path]);
}

/** Gives a file another name; true when it has it. */
export async function rename(server: string, from: string, name: string): Promise<boolean> {
  const to = joinPath(parentOf(from), name);
  if (to === from) return true;
  try {
    await move(server, from, to);
    void recheckFound(server, [from]);
    say(server, `Renamed ${folderName(from)} to ${shown(name)}`, { text: `Renamed ${folderName(from)} to ${shown(name)}`, undo: () => move(server, to, from) });
    return true;
  } catch (thrown) {
    sayError(server, `Could not rename ${folderName(from)}`, thrown);
    return false;
  }
}

async function move(server: string, from: string, to: string): Promise<void> {
  await renameFile(server, from, to);
  parentsChanged(server, [from, to]);
}

/** Gives many files other names, one after the other; those whose old name is another's new one go by a name between. */
export async function renameMany(server: string, changes: readonly { from: string; to: string }[]): Promise<void> {
  const sources = new Set(changes.map((change) => change.from));
  const done: { from: string; to: string }[] = [];
  const step = async (from: string, to: string) => {
    await renameFile(server, from, to);
    done.push({ from, to });
  };
  const back = async () => {
    for (const { from, to } of done.toReversed()) {
      // oxlint-disable-next-line no-await-in-loop -- in the reverse order
      await renameFile(server, to, from);
    }
    parentsChanged(server, sources);
  };
  const targets = new Set(changes.map((change) => change.to));
  const meeting = changes.filter((change) => targets.has(change.from));
  try {
    const between = new Map(meeting.map((change, at) => [change, joinPath(parentOf(change.from), `.renaming-${at}-${Date.now().toString(36)}`)]));
    // oxlint-disable-next-line no-await-in-loop -- each name must be free before the next takes it
    for (const [change, through] of between) await step(change.from, through);
    // oxlint-disable-next-line no-await-in-loop -- as above
    for (const change of changes) await step(between.get(change) ?? change.from, change.to);
    const text = `Renamed ${itemsWord(changes.length)}`;
    say(server, text, { text, undo: back });
  } catch (thrown) {
    await back().catch(() => undefined);
    throw thrown;
  } finally {
    parentsChanged(server, sources);
  }
}

/** Copies or moves into a folder, of this server or another one. */
export async function transfer(kind: "copy" | "move", from: { server: string; paths: readonly string[] }, to: { server: string; folder: string }): Promise<void> {
  const denied = notGrantedOn(to.server, "files.write") ?? (kind === "move" ? notGrantedOn(from.server, "files.write") : null);
  if (denied !== null) {
    sayTrouble(to.server, denied, null);
    return;
  }
  const isSame = from.server === to.server;
  const paths = kind === "move" && isSame ? from.paths.filter((path) => parentOf(path) !== to.folder) : from.paths;
  if (paths.length === 0) return;
  const inside = isSame ? paths.find((path) => isWithin(to.folder, path)) : undefined;
  if (inside !== undefined) {
    sayTrouble(to.server, `${folderName(inside)} cannot be put into itself`, null);
    return;
  }
  if (kind === "copy" && isSame && paths.every((path) => parentOf(path) === to.folder)) {
    await duplicate(from.server, paths);
    return;
  }
  const targets = paths.map((path) => joinPath(to.folder, nameOf(path)));
  // Only a move that met nothing can be taken back exactly.
  const isFree = kind === "move" && (await fileInfos(to.server, targets).catch(() => targets)).every((info) => info === null);
  const text = `${kind === "copy" ? "Copied" : "Moved"} ${nameOrCount(paths)} to ${folderName(to.folder)}`;
  await run(to.server, { kind, server: from.server, paths, toServer: to.server, toFolder: to.folder, conflict: "ask", verify: verifies() }, text, kind, () =>
    isFree ? () => moveBack(from.server, paths, to) : null,
  );
}

async function moveBack(server: string, paths: readonly string[], to: { server: string; folder: string }): Promise<void> {
  const homes = groupBy(paths, parentOf);
  for (const [folder, group] of homes) {
    const moved = group.map((path) => joinPath(to.folder, nameOf(path)));
    // oxlint-disable-next-line no-await-in-loop -- one folder after the other
    const job = await startFileJob({ kind: "move", server: to.server, paths: moved, toServer: server, toFolder: folder, conflict: "ask", verify: verifies() });
    // oxlint-disable-next-line no-await-in-loop -- as above
    await mustEndWell(job);
  }
}

/** Copies beside the originals, under names that are free. */
export async function duplicate(server: string, paths: readonly string[]): Promise<void> {
  for (const [folder, group] of groupBy(paths, parentOf)) {
    const taken = new Set(knownFolder(server, folder)?.items.map((item) => item.name) ?? []);
    const toNames = group.map((path) => {
      const name = freeName(nameOf(path), "copy", (candidate) => taken.has(candidate));
      taken.add(name);
      return name;
    });
    // oxlint-disable-next-line no-await-in-loop -- one folder after the other
    await run(server, { kind: "copy", server, paths: group, toServer: server, toFolder: folder, toNames, conflict: "rename", verify: verifies() }, `Duplicated ${nameOrCount(group)}`, "duplicate", () => null);
  }
}

export async function paste(clipboard: Clipboard, server: string, folder: string): Promise<void> {
  if (clipboard.isCut) forgetClipboard();
  await transfer(clipboard.isCut ? "move" : "copy", clipboard, { server, folder });
  if (clipboard.isCut) keep(server, clipboard.paths.map((path) => joinPath(folder, nameOf(path))), false);
}

export async function moveToBin(server: string, paths: readonly string[]): Promise<void> {
  await run(server, { kind: "trash", server, paths }, `Moved ${nameOrCount(paths)} to the Recycle Bin`, "move … to the Recycle Bin", ({ trashed }) =>
    trashed.length === 0
      ? null
      : async () => {
          await mustEndWell(await startFileJob({ kind: "restore", server, trashed }));
          parentsChanged(server, paths);
        },
  );
  parentsChanged(server, paths);
}

/** Deletes for good, confirmed by the server's name. */
export async function deleteForGood(server: string, paths: readonly string[], confirm: string): Promise<void> {
  await run(server, { kind: "delete", server, paths }, `Deleted ${nameOrCount(paths)}`, "delete", () => null, confirm);
  parentsChanged(server, paths);
}

/** Changes owner or mode; throws when it cannot even begin. */
export async function setAttributes(server: string, attributes: Attributes): Promise<void> {
  const ended = await fileJobEnd(await startFileJob({ kind: "attributes", server, ...attributes }));
  parentsChanged(server, attributes.paths);
  foldersChanged(server, attributes.paths);
  report(server, ended, `Changed ${nameOrCount(attributes.paths)}`, "change", () => null);
}

function verifies(): boolean {
  return useSettings.getState().checksCopies;
}

async function run(server: string, wanted: FileJobRequest, text: string, verb: string, undoOf: (job: FileJob) => Step["undo"] | null, confirm: string | null = null): Promise<void> {
  try {
    report(server, await fileJobEnd(await startFileJob(wanted, confirm)), text, verb, undoOf);
    if ("paths" in wanted && wanted.kind !== "copy") void recheckFound(wanted.server, wanted.paths);
  } catch (thrown) {
    sayError(server, couldNot(verb, "paths" in wanted ? nameOrCount(wanted.paths) : "these items"), thrown);
  }
}

function report(server: string, job: FileJob, text: string, verb: string, undoOf: (job: FileJob) => Step["undo"] | null): void {
  if (job.state === "cancelled") {
    say(server, "Cancelled");
    return;
  }
  if (job.failureCount > 0 || job.state === "failed") {
    const [first] = job.failures;
    const rest = job.failureCount > 1 ? ` And ${itemsWord(job.failureCount - 1)} more.` : "";
    sayTrouble(server, couldNot(verb, "everything"), first === undefined ? null : `${folderName(first.path)}: ${first.error.message}${rest}`);
    openTransfers(server);
    return;
  }
  const undo = job.skipped > 0 ? null : undoOf(job);
  say(server, job.skipped > 0 ? `${text}; skipped ${itemsWord(job.skipped)}` : text, undo === null ? null : { text, undo });
}

/** Where a verb goes on after its object, "…" stands for it. */
function couldNot(verb: string, what: string): string {
  return `Could not ${verb.includes("…") ? verb.replace("…", () => what) : `${verb} ${what}`}`;
}

async function mustEndWell(job: FileJob): Promise<void> {
  const { failures, state } = await fileJobEnd(job);
  const [first] = failures;
  if (first !== undefined) throw new Error(`${folderName(first.path)}: ${first.error.message}`);
  if (state !== "done") throw new Error("It was stopped.");
}
