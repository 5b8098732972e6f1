// What the terminal benchmark shows: a file of text lines, the same everywhere, and the script that prints it and notes when it began and ended.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

export const FILE_BYTES = 200_000_000;
/** With its line feed; it fits a terminal of 80 columns. */
const LINE_BYTES = 80;
const LINES_A_CHUNK = 10_000;
const WORDS = "server kernel systemd started session opened for user root port ssh2 accepted publickey from disk memory 0x7f3a [ok] warning: retry=3".split(" ");

/** Makes what is not there yet; gives the script's path and what it noted of a run. */
export function material(folder) {
  mkdirSync(folder, { recursive: true });
  const text = join(folder, "text");
  if (!existsSync(text) || statSync(text).size !== FILE_BYTES) writeText(text);
  const script = join(folder, "print.sh");
  writeFileSync(
    script,
    `# Prints the text; $1 names the run.
date +%s%N >"${folder}/$1.start"
cat "${text}"
date +%s%N >"${folder}/$1.end"
printf '\\nshown-%s\\n' "$1"
`,
  );
  const noted = (run, what) => Number(BigInt(readFileSync(join(folder, `${run}.${what}`), "utf8").trim()) / 1000n) / 1000;
  return {
    script,
    /** When the command of this run began and ended, in ms since 1970. */
    times: (run) => ({ beganMs: noted(run, "start"), endedMs: noted(run, "end") }),
    hasEnded: (run) => existsSync(join(folder, `${run}.end`)),
    marker: (run) => `shown-${run}`,
  };
}

function writeText(path) {
  const unfinished = `${path}.unfinished`;
  const file = openSync(unfinished, "w");
  let seed = 1;
  for (let first = 0; first < FILE_BYTES / LINE_BYTES; first += LINES_A_CHUNK) {
    let chunk = "";
    for (let number = first; number < first + LINES_A_CHUNK; number += 1) {
      let line = String(number).padStart(8, "0");
      while (line.length < LINE_BYTES) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
        line += ` ${WORDS[(seed >> 8) % WORDS.length]}`;
      }
      chunk += `${line.slice(0, LINE_BYTES - 1)}\n`;
    }
    writeSync(file, chunk);
  }
  closeSync(file);
  renameSync(unfinished, path);
}
