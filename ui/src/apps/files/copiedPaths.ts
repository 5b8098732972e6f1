// Paths as they are copied: one on a line, as they are; one that holds what would act where it is pasted is written so that a shell reads the same path.

/** Controls, line ends above all: a shell that they are pasted into runs what stands before them. */
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const ACTS = /[\u0000-\u001f\u007f-\u009f]/u;

export interface CopiedPaths {
  text: string;
  /** How many are written otherwise than they are. */
  quoted: number;
}

export function copiedPaths(paths: readonly string[]): CopiedPaths {
  const lines = paths.map((path) => (ACTS.test(path) ? quoted(path) : path));
  return { text: lines.join("\n"), quoted: paths.filter((path) => ACTS.test(path)).length };
}

/** As `$'…'`, which bash, zsh and newer shells read. */
function quoted(path: string): string {
  const bytes = (character: string) => Array.from(new TextEncoder().encode(character), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  return `$'${Array.from(path, (each) => (each === "\\" || each === "'" ? `\\${each}` : each === "\n" ? "\\n" : ACTS.test(each) ? bytes(each) : each)).join("")}'`;
}
