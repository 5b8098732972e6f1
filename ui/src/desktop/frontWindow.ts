// The element of a window, above all of the front one: where the keyboard focus goes when nothing else asks for it.
import { frontHere, useWorkspaces, type WindowKey } from "./workspaces";

/** Null when every window is minimised or closed. */
export function frontWindowElement(): HTMLElement | null {
  const front = frontHere(useWorkspaces.getState());
  const element = front === null ? null : windowElement(front);
  return element?.checkVisibility() === true ? element : null;
}

/** The frame of a window, hidden or not; null when there is none. */
export function windowElement({ server, app }: WindowKey): HTMLElement | null {
  const frames = document.querySelectorAll<HTMLElement>(`[data-window="${CSS.escape(app)}"]`);
  return [...frames].find((frame) => frame.dataset["server"] === server) ?? null;
}
