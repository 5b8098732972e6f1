// The element of the front window of the shown workspace: where the keyboard focus goes when nothing else asks for it.
import { frontOf, useWorkspaces, windowsOf } from "./workspaces";

/** Null when every window is minimised or closed. */
export function frontWindowElement(): HTMLElement | null {
  const state = useWorkspaces.getState();
  const front = frontOf(windowsOf(state, state.active));
  if (front === null) return null;
  const shown = [...document.querySelectorAll<HTMLElement>(`[data-window="${CSS.escape(front.app)}"]`)];
  return shown.find((element) => element.checkVisibility()) ?? null;
}
