// How much memory the program takes, as the kernel says.
import { readFile } from "node:fs/promises";
import type { Program } from "./program.ts";

export async function memoryBytes(program: Program): Promise<number> {
  const status = await readFile(`/proc/${program.pid}/status`, "utf8");
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
