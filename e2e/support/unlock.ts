// Asks the program that runs for an address, as its user does on the command line.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { binary } from "./places.ts";
import type { Program } from "./program.ts";

/** The address that `headlessos unlock` prints. */
export function unlockAddress(program: Program): string {
  const said = execFileSync(binary(), ["unlock", "--no-open", "--data-dir", join(program.folder, "data")], { encoding: "utf8" });
  const address = /http:\S+#launch=\S+/.exec(said)?.[0];
  if (address === undefined) throw new Error(said);
  return address;
}
