// What a saved fixture no longer holds, in one sentence.
import type { Fixture } from "../../api/types";
import { plural } from "../../lib/numbers";

/** `2 files saved; 1 secret removed; 3 IPv4 networks replaced. Read them before you give them away.` */
export function fixtureSummary({ files, removed, replaced }: Fixture): string {
  if (files.length === 0) return "Nothing was run on the server, so there is nothing to save.";
  const parts = [`${plural(files.length, "file")} saved`];
  if (removed > 0) parts.push(`${plural(removed, "secret")} removed`);
  if (replaced.length > 0) parts.push(`replaced: ${replaced.map(({ count, kind }) => `${count} ${kind}`).join(", ")}`);
  return `${parts.join("; ")}. Read ${files.length === 1 ? "it" : "them"} before you give ${files.length === 1 ? "it" : "them"} away.`;
}
