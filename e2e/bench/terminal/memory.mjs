// The memory of a process and of all that it started: what is resident, each shared page counted in parts, as proportional set size has it.
import { readFileSync, readdirSync } from "node:fs";

/** In MB (10^6 bytes); throws where the platform has no /proc. */
export function memoryMb(pids) {
  let kib = 0;
  for (const pid of pids.flatMap(withChildren)) {
    const line = /^Pss:\s+(\d+) kB/m.exec(file(`/proc/${pid}/smaps_rollup`));
    kib += Number(line?.[1] ?? 0);
  }
  if (kib === 0) throw new Error("/proc says nothing of its memory");
  return (kib * 1024) / 1e6;
}

function withChildren(pid) {
  const children = threads(pid).flatMap((thread) => file(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number));
  return [pid, ...children.flatMap(withChildren)];
}

/** Empty where the process has just ended. */
function file(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function threads(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
