// New names for many files by a pattern: text replaced, or a template with the name and a number; pure.
import { mistakeInName, splitName } from "../../../lib/remotePath";

export type Pattern =
  | { kind: "replace"; find: string; by: string; isExpression: boolean; matchesCase: boolean }
  | { kind: "template"; template: string; start: number; step: number };

export interface Renamed {
  from: string;
  to: string;
  mistake: string | null;
}

/** Each name and what becomes of it; `others` are the names beside them, which are taken. */
export function renamedBy(pattern: Pattern, names: readonly string[], others: ReadonlySet<string>): Renamed[] {
  const how = pattern.kind === "replace" ? replacing(pattern) : filling(pattern, names.length);
  const made = names.map((from, at) => ({ from, to: how(from, at) }));
  const counts = new Map<string, number>();
  for (const { to } of made) counts.set(to, (counts.get(to) ?? 0) + 1);
  return made.map(({ from, to }) => ({
    from,
    to,
    mistake: mistakeInName(to) ?? ((counts.get(to) ?? 0) > 1 ? "Two would have this name." : others.has(to) ? "The name is taken." : null),
  }));
}

/** Why the pattern itself is none, null when it is one. */
export function mistakeInPattern(pattern: Pattern): string | null {
  if (pattern.kind !== "replace" || !pattern.isExpression) return null;
  try {
    // oxlint-disable-next-line no-new -- only whether it can be read
    new RegExp(pattern.find, "u");
    return null;
  } catch {
    return "This is not a regular expression.";
  }
}

function replacing({ find, by, isExpression, matchesCase }: Extract<Pattern, { kind: "replace" }>): (name: string) => string {
  if (find === "") return (name) => name;
  try {
    const expression = new RegExp(isExpression ? find : find.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replaceAll("\\-", "-"), matchesCase ? "gu" : "giu");
    return (name) => (isExpression ? name.replace(expression, by) : name.replace(expression, () => by));
  } catch {
    return (name) => name;
  }
}

/** `{name}` and `{ending}` of the old one, `{n}` the number with as many digits as the last one needs. */
function filling({ template, start, step }: Extract<Pattern, { kind: "template" }>, count: number): (name: string, at: number) => string {
  const digits = String(Math.abs(start + step * Math.max(0, count - 1))).length;
  return (name, at) => {
    const { stem, ending } = splitName(name);
    const number = String(start + step * at).padStart(digits, "0");
    const filled = template.replaceAll("{name}", () => stem).replaceAll("{n}", () => number);
    return filled.includes("{ending}") ? filled.replaceAll("{ending}", () => ending.slice(1)) : filled + ending;
  };
}
