// Starts the program on a free port with a data folder and a home of its own, and ends it.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { binary } from "./places.ts";

export interface Program {
  /** `http://127.0.0.1:PORT/` */
  url: string;
  /** The same with the launch secret in the fragment; good for one exchange. */
  launchUrl: string;
  port: number;
  pid: number;
  /** What it wrote to standard error so far. */
  log: () => string;
  /** Where it keeps things; another one started there goes on with them. */
  folder: string;
  /** Ends it, and leaves the folder. */
  end: () => Promise<void>;
  /** Ends it, and removes the folder. */
  stop: () => Promise<void>;
}

/** What a browser says of a page whose program ends: of a socket that is closed, a connection that is hung up on, and nobody there. */
export const PROGRAM_ENDS = /WebSocket|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/;

/** Starts it and waits until it says that it is ready; port 0: on any. */
export async function startProgram(folder = mkdtempSync(join(tmpdir(), "headlessos-e2e-")), port = 0): Promise<Program> {
  const home = join(folder, "home");
  mkdirSync(join(home, ".ssh"), { recursive: true, mode: 0o700 });
  // The user's own keys and agent would sign in where a test expects a question.
  const { SSH_AUTH_SOCK: _, ...rest } = process.env;
  const child = spawn(binary(), ["--no-open", "--json", "--port", String(port), "--data-dir", join(folder, "data")], {
    env: { ...rest, HOME: home, HEADLESSOS_LOG: "info" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  const stop = async () => {
    await end(child);
    keepJournal(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { url, launchUrl } = await firstLine(child, () => log);
    return { url, launchUrl, port: Number(new URL(url).port), pid: child.pid ?? 0, log: () => log, folder, end: () => end(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the hosts' own audit is held against the journals, keeps what this one says before it is removed. */
function keepJournal(folder: string): void {
  const kept = process.env["HEADLESSOS_JOURNALS"];
  const data = join(folder, "data");
  if (kept === undefined || !existsSync(data)) return;
  const print = (...words: string[]) => execFileSync(binary(), [...words, "--data-dir", data], { encoding: "utf8", maxBuffer: 1 << 30, env: { ...process.env, HOME: folder } });
  const journal = { servers: print("servers"), entries: print("activity", "--json", "--limit", "4000000000") };
  writeFileSync(join(kept, `${basename(folder)}.json`), JSON.stringify(journal));
}

async function firstLine(child: ChildProcess, log: () => string): Promise<{ url: string; launchUrl: string }> {
  if (child.stdout === null) throw new Error("The program has no standard output.");
  for await (const line of createInterface({ input: child.stdout })) {
    return JSON.parse(line) as { url: string; launchUrl: string };
  }
  throw new Error(`The program ended before it was ready:\n${log()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(timer);
}
