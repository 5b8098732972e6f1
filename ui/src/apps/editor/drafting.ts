// Keeps unsaved changes as drafts while they are made, and warns before the page is left with some.
import { dropDraft, keepDraft } from "../../api/drafts";
import { joinLines } from "../../lib/lineEnds";
import { changeFile, fileOf, useDocuments } from "./documents";
import { oddLines } from "./lineEndField";
import { isChanged, sessionOf } from "./sessions";

/** So long after the last change. */
const DRAFT_MS = 1000;

const timers = new Map<number, number>();
let isWatching = false;

/** To be called after every change of a file. */
export function noteChange(id: number): void {
  const file = fileOf(id);
  if (file === undefined || file.phase.kind !== "ready") return;
  const isDirty = isChanged(id);
  if (isDirty !== file.isDirty) changeFile(id, { isDirty });
  window.clearTimeout(timers.get(id));
  timers.set(id, window.setTimeout(() => void settle(id), DRAFT_MS));
}

/** What was to be kept is no longer worth it: saved, or given up. */
export async function forgetDraft(id: number): Promise<void> {
  window.clearTimeout(timers.get(id));
  timers.delete(id);
  const file = fileOf(id);
  if (file !== undefined) await dropDraft(file.server, file.path);
}

/** The browser asks before it leaves the page while something is not saved. */
export function watchUnload(): void {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener("beforeunload", (event) => {
    if (useDocuments.getState().files.some((file) => file.isDirty)) event.preventDefault();
  });
}

async function settle(id: number): Promise<void> {
  timers.delete(id);
  const file = fileOf(id);
  const session = sessionOf(id);
  // A draft that waits for an answer is not written over.
  if (file === undefined || session === undefined || file.draft !== null) return;
  if (!file.isDirty) {
    await dropDraft(file.server, file.path);
    return;
  }
  const { state } = session.view;
  await keepDraft({
    server: file.server,
    path: file.path,
    text: joinLines(state.doc.iterLines(), file.lineEnd, oddLines(state)),
    encoding: file.encoding,
    lineEnd: file.lineEnd,
    baseVersion: session.base.version,
    savedAtMs: Date.now(),
  });
}
