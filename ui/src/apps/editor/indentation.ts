// What a file is indented with, told from its own lines.

export interface Indentation {
  /** Null: tabs. */
  spaces: number | null;
}

const MOST_LINES = 2000;

/** The step most lines differ by; two spaces (or `usual`) where nothing can be told. */
export function detectIndentation(lines: Iterable<string>, usual: Indentation = { spaces: 4 }): Indentation {
  let tabs = 0;
  const steps = new Map<number, number>();
  let before = 0;
  let seen = 0;
  for (const line of lines) {
    seen += 1;
    if (seen > MOST_LINES) break;
    if (line.trim() === "") continue;
    if (line.startsWith("\t")) {
      tabs += 1;
      continue;
    }
    const width = /^ */.exec(line)?.[0].length ?? 0;
    const step = Math.abs(width - before);
    // A single space is the lead of a comment block, not a step.
    if (step > 1 && step <= 8) steps.set(step, (steps.get(step) ?? 0) + 1);
    before = width;
  }
  let best = 0;
  let count = 0;
  for (const [step, times] of steps) {
    if (times > count || (times === count && step < best)) [best, count] = [step, times];
  }
  if (tabs > count) return { spaces: null };
  return count === 0 ? usual : { spaces: best };
}

export function indentationWord({ spaces }: Indentation): string {
  return spaces === null ? "Tabs" : `${spaces} spaces`;
}
