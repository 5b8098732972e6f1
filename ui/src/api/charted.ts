// The figures of an answer that a chart shows, and nothing else of it: five minutes of whole answers would be as large as a server likes.
import { percentOf } from "../lib/numbers";
import type { AnswerOf, QueryId, Reading } from "./types";

/** Figures by name; those that are not known are left out. */
export type Figures = ReadonlyMap<string, number>;

/** Further interfaces have no chart. */
const MOST_INTERFACES = 256;

const CHARTED: { [Q in QueryId]?: (answer: AnswerOf<Q>) => [name: string, figure: number | null][] } = {
  "system.cpu": ({ total }) => [["busy", total.busyPercent]],
  "system.load": ({ one }) => [["one", one]],
  "system.memory": ({ usedBytes, totalBytes }) => [["used", percentOf(usedBytes, totalBytes)]],
  "network.rates": ({ interfaces }) =>
    interfaces.slice(0, MOST_INTERFACES).flatMap((each): [string, number | null][] => [
      [`in ${each.name}`, each.rxBytesPerSecond],
      [`out ${each.name}`, each.txBytesPerSecond],
    ]),
};

/** What a chart shows of a reading; null where the reading has no answer. */
export function figuresOf({ query, outcome }: Reading<unknown>): Figures | null {
  if (outcome.status !== "ok") return null;
  const charted: ((answer: never) => [string, number | null][]) | undefined = Object.hasOwn(CHARTED, query) ? CHARTED[query as QueryId] : undefined;
  const figures = charted?.(outcome.value as never) ?? [];
  return new Map(figures.flatMap(([name, figure]) => (typeof figure === "number" ? [[name, figure]] : [])));
}
