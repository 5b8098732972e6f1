// What is done with deleted items, as a job of the program; it resolves to what went wrong, null when nothing did.
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { fileJobEnd, startFileJob } from "../../api/fileJobs";
import type { FileJobRequest, TrashedFile } from "../../api/fileTypes";
import { parentsChanged } from "../../api/folders";
import { visibleText } from "../../lib/visibleText";

export async function restore(server: string, items: readonly TrashedFile[]): Promise<string | null> {
  const failure = await run({ kind: "restore", server, trashed: items.map((item) => item.id) });
  parentsChanged(server, items.map((item) => item.originalPath));
  return failure;
}

/** Deletes for good, confirmed by the server's name; null: all there is. */
export function deleteForGood(server: string, items: readonly TrashedFile[] | null, confirm: string): Promise<string | null> {
  return run({ kind: "emptyTrash", server, trashed: items?.map((item) => item.id) ?? null }, confirm);
}

async function run(wanted: FileJobRequest, confirm: string | null = null): Promise<string | null> {
  try {
    const { failures, failureCount, state } = await fileJobEnd(await startFileJob(wanted, confirm));
    const [first] = failures;
    if (first !== undefined) return `${visibleText(first.path, 200)}: ${visibleText(first.error.message, 400)}${failureCount > 1 ? ` And ${failureCount - 1} more.` : ""}`;
    return state === "done" ? null : state === "cancelled" ? "It was cancelled." : "It did not work.";
  } catch (thrown) {
    const { title, message } = describeError(asErrorBody(thrown));
    return `${title}. ${visibleText(message, 400)}`;
  }
}
