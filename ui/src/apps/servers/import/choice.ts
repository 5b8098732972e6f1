// Which entries of an import are chosen at first, and what stands beside each; pure.
import type { Import, ImportEntry } from "../../../api/types";

/** Those without a mistake that are not there already. */
export function firstChoice({ entries }: Import): Set<number> {
  return new Set(entries.filter((entry) => entry.mistakes.length === 0 && entry.sameAs === null).map(({ number }) => number));
}

/** `deploy@web1:2222`, with what is not said left out. */
export function addressIn({ user, host, port }: ImportEntry): string {
  const bare = host.includes(":") ? `[${host}]` : host;
  return `${user === "" ? "" : `${user}@`}${bare}${port === null ? "" : `:${port}`}`;
}

/** What a person should know about an entry, the worst first. */
export function remarks(entry: ImportEntry): { tone: "bad" | "warn" | "plain"; text: string }[] {
  return [
    ...entry.mistakes.map((text) => ({ tone: "bad" as const, text })),
    ...(entry.sameAs === null ? [] : [{ tone: "warn" as const, text: `Same as ${entry.sameAs}` }]),
    ...(entry.leftOut.length === 0 ? [] : [{ tone: "plain" as const, text: `Left out: ${entry.leftOut.join(", ")}` }]),
  ];
}
