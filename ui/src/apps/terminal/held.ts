// Ctrl and Alt as held by the key row, until the next key.
import { create } from "zustand";
import { withHeld, type Held } from "./keyRow";

const NONE: Held = { ctrl: false, alt: false };

export const useHeld = create<Held>(() => NONE);

export function releaseHeld(): void {
  const { ctrl, alt } = useHeld.getState();
  if (ctrl || alt) useHeld.setState(NONE);
}

/** What was typed, with what is held; after that nothing is. */
export function takeHeld(data: string): string {
  const held = useHeld.getState();
  if (!held.ctrl && !held.alt) return data;
  releaseHeld();
  return withHeld(data, held);
}
