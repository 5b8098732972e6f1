// What a receipt says; pure.
import type { Receipt } from "../api/types";
import { formatBytes } from "../lib/bytes";
import { plural } from "../lib/numbers";

/** `412 commands that only read, 3 file changes, 1 terminal; 4.2 MB moved.` */
export function receiptWords(receipt: Receipt): string {
  const parts = [
    [receipt.reads, "command", " that only read"],
    [receipt.changes, "other command", ""],
    [receipt.fileChanges, "file change", ""],
    [receipt.terminals, "terminal", ""],
    [receipt.forwardedPorts, "forwarded port", ""],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word, after]) => `${plural(count, word)}${after}`);
  if (told.length === 0) return "Nothing was run.";
  return `${told.join(", ")}; ${formatBytes(receipt.bytes)} moved.`;
}

/** What of HeadlessOS's own is still on the server. */
export function leftWords({ left }: Pick<Receipt, "left">): string {
  if (left.length === 0) return "Nothing of HeadlessOS was left on the server.";
  return `${plural(left.length, "hidden file")} of a transfer that broke off ${left.length === 1 ? "is" : "are"} still there, and will be removed at the next connect.`;
}
