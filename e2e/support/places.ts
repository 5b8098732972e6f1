// Where the program, the browser and the lab are: HEADLESSOS_BIN, HEADLESSOS_CHROMIUM, HEADLESSOS_FIREFOX and HEADLESSOS_LAB_HOSTS, each with a sensible place where it is not set.
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The program under test. */
export function binary(): string {
  const path = process.env["HEADLESSOS_BIN"] ?? join(ROOT, "target/debug/headlessos");
  if (!existsSync(path)) throw new Error(`There is no program at ${path}: cargo build -p headlessos, or set HEADLESSOS_BIN.`);
  return path;
}

/** The script that asks a lab host without SSH. */
export const LAB_SCRIPT = join(ROOT, "lab/lab.sh");

/** The system's Chromium. */
export function chromium(): string {
  const named = process.env["HEADLESSOS_CHROMIUM"] ?? process.env["CHROMIUM"];
  if (named !== undefined) return named;
  const found = programOf(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
  if (found === undefined) throw new Error("There is no Chromium: install it, or set HEADLESSOS_CHROMIUM.");
  return found;
}

/** The system's Firefox; null where there is none. */
export function firefox(): string | null {
  return process.env["HEADLESSOS_FIREFOX"] ?? programOf(["firefox-esr", "firefox"]) ?? null;
}

function programOf(names: string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
