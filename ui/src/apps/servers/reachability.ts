// What was found when a person asked whether servers answer; kept while the page is open, each with its time.
import { create } from "zustand";
import { lookAt } from "../../api/serverManager";
import type { Reachability } from "../../api/types";

export interface Reached {
  results: Readonly<Record<string, Reachability>>;
  /** The servers that are being looked at. */
  checking: ReadonlySet<string>;
}

export const useReached = create<Reached>(() => ({ results: {}, checking: new Set() }));

/** Looks whether these servers answer; throws where the program could not be asked. */
export async function checkReachability(ids: readonly string[]): Promise<void> {
  useReached.setState(({ checking }) => ({ checking: new Set([...checking, ...ids]) }));
  try {
    const found = await lookAt(ids);
    useReached.setState(({ results }) => ({ results: { ...results, ...Object.fromEntries(found.map((each) => [each.server, each])) } }));
  } finally {
    useReached.setState(({ checking }) => ({ checking: new Set([...checking].filter((id) => !ids.includes(id))) }));
  }
}
