// Brings files of this computer to the server, and tells how it went.
import { notGrantedOn } from "../../api/permissions";
import { startUpload, type UploadSource } from "../../api/uploads";
import { openTransfers } from "./dialogs";
import { say, sayTrouble } from "./notices";
import { folderName, itemsWord } from "./words";

export async function upload(server: string, folder: string, sources: readonly UploadSource[]): Promise<void> {
  if (sources.length === 0) return;
  const denied = notGrantedOn(server, "files.write");
  if (denied !== null) {
    sayTrouble(server, denied, null);
    return;
  }
  openTransfers(server);
  const { state, filesDone, skipped, failures, failureCount } = await startUpload(server, folder, sources);
  if (state === "cancelled") say(server, "Upload cancelled");
  else if (failureCount > 0) {
    const [first] = failures;
    sayTrouble(server, `Could not upload ${itemsWord(failureCount)}`, first === undefined ? null : `${folderName(first.path)}: ${first.error.message}`);
  } else say(server, `Uploaded ${filesDone === 0 ? itemsWord(sources.length - skipped) : itemsWord(filesDone)} to ${folderName(folder)}${skipped > 0 ? `; skipped ${itemsWord(skipped)}` : ""}`);
}

/** Lets a person choose files, or a folder, and brings them. */
export function pickAndUpload(server: string, folder: string, isFolder: boolean, sourcesOfFiles: (files: Iterable<File>) => UploadSource[]): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  if (isFolder) input.webkitdirectory = true;
  input.addEventListener("change", () => void upload(server, folder, sourcesOfFiles(input.files ?? [])));
  input.click();
}
