// Lines and their ends: every line keeps its own, so that a file with mixed ones is written back as it was.

export type LineEnd = "\n" | "\r\n" | "\r";

export const LINE_ENDS: readonly { value: LineEnd; label: string }[] = [
  { value: "\n", label: "LF" },
  { value: "\r\n", label: "CRLF" },
  { value: "\r", label: "CR" },
];

export interface SplitText {
  lines: string[];
  /** The end most lines have. */
  end: LineEnd;
  /** The lines (from 0) that end otherwise. */
  odd: ReadonlyMap<number, LineEnd>;
}

export function splitLines(text: string): SplitText {
  const lines: string[] = [];
  const ends: LineEnd[] = [];
  const counts = { "\n": 0, "\r\n": 0, "\r": 0 };
  let start = 0;
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    const end = asEnd(match[0]);
    lines.push(text.slice(start, match.index));
    ends.push(end);
    counts[end] += 1;
    start = match.index + end.length;
  }
  lines.push(text.slice(start));
  const end = counts["\r\n"] > counts["\n"] && counts["\r\n"] >= counts["\r"] ? "\r\n" : counts["\r"] > counts["\n"] ? "\r" : "\n";
  const odd = new Map(ends.flatMap((each, line) => (each === end ? [] : [[line, each] as const])));
  return { lines, end, odd };
}

export function joinLines(lines: Iterable<string>, end: LineEnd, odd: ReadonlyMap<number, LineEnd>): string {
  const pieces: string[] = [];
  let line = -1;
  for (const text of lines) {
    if (line >= 0) pieces.push(odd.get(line) ?? end);
    pieces.push(text);
    line += 1;
  }
  return pieces.join("");
}

function asEnd(text: string): LineEnd {
  return text === "\r\n" || text === "\r" ? text : "\n";
}
