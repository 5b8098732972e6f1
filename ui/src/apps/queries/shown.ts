// Which query each server's Query Explorer shows; a card of the dashboard may choose it as well as the list.
import { create } from "zustand";

export interface ShownQuery {
  id: string;
  /** What it is asked with at once; undefined: what its form holds. */
  args?: unknown;
  /** Tells a request from the one before it for the same query. */
  request: number;
}

export const useShown = create<Readonly<Record<string, ShownQuery>>>(() => ({}));

/** Shows a query, from the list. */
export function showQuery(server: string, id: string): void {
  useShown.setState((state) => ({ [server]: { id, request: state[server]?.request ?? 0 } }));
}

/** Shows a query and asks it with these arguments. */
export function requestQuery(server: string, id: string, args: unknown): void {
  useShown.setState((state) => ({ [server]: { id, args, request: (state[server]?.request ?? 0) + 1 } }));
}

/** Goes back to the list. */
export function hideQuery(server: string): void {
  useShown.setState((state) => Object.fromEntries(Object.entries(state).filter(([id]) => id !== server)), true);
}
