// A list of records in a card: as many as fit, and the rest on request, so that nothing jumps by itself.
import { useState, type ReactNode } from "react";

/** Further records of the same kind are for the Query Explorer. */
const MOST_WHOLE = 500;

export interface ShortListProps<Item> {
  /** What is listed, for screen readers and for "Show all 12 containers". */
  noun: string;
  items: readonly Item[];
  /** How many are shown at first; one more is shown when it would be the only one hidden. */
  most: number;
  keyOf: (item: Item) => string;
  children: (item: Item) => ReactNode;
}

export function ShortList<Item>({ noun, items, most, keyOf, children }: ShortListProps<Item>) {
  const [isWhole, setIsWhole] = useState(false);
  const fitting = items.length <= most ? items.length : most - 1;
  const shown = items.slice(0, isWhole ? MOST_WHOLE : fitting);
  return (
    <>
      <ul aria-label={noun}>
        {withKeys(shown, keyOf).map(([key, item]) => (
          <li key={key}>{children(item)}</li>
        ))}
      </ul>
      {items.length > fitting && (
        <button
          type="button"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
          className="mt-0.5 self-start rounded-control py-0.5 text-small font-medium text-accent-ink hover:underline max-wide:min-h-11"
        >
          {isWhole ? "Show fewer" : items.length > MOST_WHOLE ? `Show ${MOST_WHOLE} of ${items.length} ${noun}` : `Show all ${items.length} ${noun}`}
        </button>
      )}
    </>
  );
}

/** Servers may repeat what should be unique; the second of the same key gets a number. */
function withKeys<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item][] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const key = keyOf(item);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return [`${key} ${count}`, item];
  });
}
