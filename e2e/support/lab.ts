// The lab's hosts, and the way to ask one without the product: `lab.sh exec` enters it without SSH.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { LAB_SCRIPT } from "./places.ts";

const run = promisify(execFile);

export interface LabUser {
  name: string;
  password: string | null;
}
export interface LabHost {
  name: string;
  family: string;
  address: string;
  port: number;
  init: "systemd" | "openrc" | "none";
  sftp: boolean;
  docker: boolean;
  users: LabUser[];
}
interface Lab {
  tier: 0 | 1;
  reason: string | null;
  identity: string;
  hosts: LabHost[];
  /** Those that attack whoever looks at them. */
  hostileHosts: LabHost[];
}

const lab = read();

/** Path of the private key that gets in everywhere; null without a lab. */
export const IDENTITY = lab?.identity ?? null;

/** The host of this name, null where the lab does not have it. */
export function labHost(name: string): LabHost | null {
  return [...(lab?.hosts ?? []), ...(lab?.hostileHosts ?? [])].find((host) => host.name === name) ?? null;
}

/** Why a host is missing, for the reason of a skipped test. */
export function whyNot(name: string): string {
  if (lab === null) return "there is no lab: cargo xtask lab up, and HEADLESSOS_LAB_HOSTS names its hosts.json";
  return `the lab has no ${name}${lab.reason === null ? "" : `: ${lab.reason}`}`;
}

/** Runs a program as root in the host, without SSH, and gives what it printed. */
export async function ask(host: LabHost, ...command: string[]): Promise<string> {
  const { stdout } = await run("bash", [LAB_SCRIPT, "exec", host.name, ...command], { maxBuffer: 1 << 24 });
  return stdout;
}

/** The same for a program whose exit code says something too. */
export async function askStatus(host: LabHost, ...command: string[]): Promise<{ stdout: string; code: number }> {
  try {
    return { stdout: await ask(host, ...command), code: 0 };
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: unknown };
    if (typeof code !== "number" || typeof stdout !== "string") throw error;
    return { stdout, code };
  }
}

function read(): Lab | null {
  const path = process.env["HEADLESSOS_LAB_HOSTS"];
  return path === undefined || path === "" ? null : (JSON.parse(readFileSync(path, "utf8")) as Lab);
}
