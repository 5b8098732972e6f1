// What happened in terminals since a person last looked at them: the bell, and output.
import { useEffect } from "react";
import { create } from "zustand";
import type { Terminal } from "../../api/types";

export interface News {
  hasRung: boolean;
  hasOutput: boolean;
}
interface Seen {
  bells: number;
  atMs: number;
}

const NO_NEWS: News = { hasRung: false, hasOutput: false };

/** By terminal; one that is met for the first time counts as seen. */
const useSeen = create<Readonly<Record<string, Seen>>>(() => ({}));

/** Takes note of the terminals that are looked at, and tells what is new in the others. */
export function useNews(terminals: readonly Terminal[], shown: readonly string[]): (terminal: Terminal) => News {
  const seen = useSeen();
  const shownKey = shown.join(" ");
  useEffect(() => {
    const looked = new Set(shownKey.split(" "));
    const isShown = ({ id }: Terminal) => looked.has(id);
    look(terminals.filter((each) => isShown(each) || !Object.hasOwn(useSeen.getState(), each.id)));
    // What comes just before one looks away is told just after.
    return () => look(terminals.filter(isShown));
  }, [terminals, shownKey]);
  return (terminal) => newsSince(Object.hasOwn(seen, terminal.id) ? seen[terminal.id] : undefined, terminal);
}

function look(terminals: readonly Terminal[]): void {
  if (terminals.length > 0) useSeen.setState(Object.fromEntries(terminals.map(({ id, bells }) => [id, { bells, atMs: Date.now() }])));
}

function newsSince(before: Seen | undefined, { bells, outputAt }: Terminal): News {
  if (before === undefined) return NO_NEWS;
  return { hasRung: bells > before.bells, hasOutput: outputAt !== null && Date.parse(outputAt) > before.atMs };
}
