// Which of the page's uploads are at work: the urgent first, then the older; pure.
import type { TransferPriority } from "./fileTypes";

/** The same number as the program lets carry bytes at once. */
const AT_ONCE = 3;
const RANKS: Record<TransferPriority, number> = { high: 0, normal: 1, low: 2 };

export interface Queued {
  state: string;
  priority: TransferPriority;
}

/** Of uploads in the order they came: those to begin and those to hold. One that waits for a connection, a person or nothing at all takes no place. */
export function arrange<Each extends Queued>(uploads: readonly Each[]): { begin: Each[]; hold: Each[] } {
  const wanting = uploads.filter(({ state }) => state === "queued" || state === "running").toSorted((one, other) => RANKS[one.priority] - RANKS[other.priority]);
  return {
    begin: wanting.slice(0, AT_ONCE).filter(({ state }) => state === "queued"),
    hold: wanting.slice(AT_ONCE).filter(({ state }) => state === "running"),
  };
}
