// What was counted, in words.
import { formatBytes } from "../../../lib/bytes";
import { plural } from "../../../lib/numbers";
import type { Measured } from "./useMeasure";

/** "12 files and 3 folders, 4.20 MiB" */
export function measureWords({ files, folders, bytes, isDone, isFailed, unread }: Measured): string {
  if (isFailed) return "What it holds could not be counted.";
  const parts = [files > 0 || folders === 0 ? plural(files, "file") : "", folders > 0 ? plural(folders, "folder") : ""].filter((part) => part !== "");
  return `${parts.join(" and ")}, ${formatBytes(bytes)}${isDone ? "" : ", counting"}${unread > 0 ? `; ${plural(unread, "place")} not readable` : ""}`;
}
