// The permission bits of a file as people write them: `rwxr-xr-x` and `0755`.

/** `0o755` -> `rwxr-xr-x`; set-user-id, set-group-id and sticky as `ls` shows them. Unknown gives `–`. */
export function formatMode(mode: number | null): string {
  if (mode === null) return "–";
  const letters = Array.from("rwxrwxrwx", (letter, at) => ((mode >> (8 - at)) & 1 ? letter : "-"));
  const special: readonly [number, number, string][] = [
    [0o4000, 2, "s"],
    [0o2000, 5, "s"],
    [0o1000, 8, "t"],
  ];
  for (const [bit, at, letter] of special) {
    if (mode & bit) letters[at] = letters[at] === "x" ? letter : letter.toUpperCase();
  }
  return letters.join("");
}

/** `0o755` -> `0755`. */
export function formatOctal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}

/** `755` or `0755` -> the bits; null where it is no mode. */
export function parseOctal(text: string): number | null {
  return /^[0-7]{3,4}$/.test(text.trim()) ? Number.parseInt(text.trim(), 8) : null;
}
