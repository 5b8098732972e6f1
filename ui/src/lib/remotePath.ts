// Paths of a server as text: cut and joined at "/" alone, never interpreted; a name's odd bytes stay the characters they came as.

/** `/etc` and `hosts` -> `/etc/hosts`. */
export function joinPath(folder: string, name: string): string {
  return folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`;
}

/** The folder a path lies in; the root's is the root. */
export function parentOf(path: string): string {
  const trimmed = withoutSlash(path);
  const cut = trimmed.lastIndexOf("/");
  return cut <= 0 ? "/" : trimmed.slice(0, cut);
}

/** The last part of a path; the root's is "/". */
export function nameOf(path: string): string {
  const trimmed = withoutSlash(path);
  return trimmed === "/" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** A path and all folders above it, the root first. */
export function stepsTo(path: string): readonly string[] {
  const steps = ["/"];
  let at = "";
  for (const part of path.split("/")) {
    if (part === "") continue;
    at = `${at}/${part}`;
    steps.push(at);
  }
  return steps;
}

/** Whether `path` is `folder` or lies somewhere in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** What a person typed as an absolute path: `~` is home, what is relative starts at `folder`, `.` and `..` are worked out. */
export function resolvePath(typed: string, folder: string, home: string): string {
  const expanded = typed === "~" || typed.startsWith("~/") ? `${home}/${typed.slice(2)}` : typed;
  const parts: string[] = [];
  for (const part of (expanded.startsWith("/") ? expanded : `${folder}/${expanded}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Why a text cannot be a file's name, in words; null when it can. */
export function mistakeInName(name: string): string | null {
  if (name === "") return "Enter a name.";
  if (name === "." || name === "..") return "This name is taken by the system.";
  if (name.includes("/")) return "A name cannot contain a slash.";
  if (name.includes("\0")) return "A name cannot contain a null character.";
  return new TextEncoder().encode(name).length > 255 ? "The name is too long: at most 255 bytes." : null;
}

/** Name and ending: `a.tar.gz` -> `a` and `.tar.gz`; a leading dot is no ending. */
export function splitName(name: string): { stem: string; ending: string } {
  const match = /^(.+?)((?:\.tar)?\.[^.\s]{1,12})$/u.exec(name);
  return match === null ? { stem: name, ending: "" } : { stem: match[1] ?? name, ending: match[2] ?? "" };
}

/** A name that is not taken: `notes.txt` -> `notes copy.txt`, then `notes copy 2.txt`. */
export function freeName(name: string, word: string, isTaken: (name: string) => boolean): string {
  const { stem, ending } = splitName(name);
  for (let count = 1; ; count += 1) {
    const candidate = `${stem}${word === "" ? "" : ` ${word}`}${count === 1 && word !== "" ? "" : ` ${count + (word === "" ? 1 : 0)}`}${ending}`;
    if (!isTaken(candidate)) return candidate;
  }
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
