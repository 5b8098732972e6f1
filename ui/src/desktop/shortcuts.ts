// The keys of the desktop; AltGr, which some systems report as Ctrl+Alt, never counts.
import type { Arrow } from "./geometry";

/** Those of one letter with Ctrl+Alt. */
type Letter = "minimize" | "maximize" | "close" | "start" | "switcher" | "palette" | "help" | "windowMenu" | "beside" | "lock";

export type Shortcut =
  | { kind: "step"; arrow: Arrow }
  | { kind: Letter }
  /** Counted from 0, in the order of the taskbar. */
  | { kind: "workspace"; at: number }
  | { kind: "nextWorkspace" | "cycle" | "region"; isBackwards: boolean };

interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
  getModifierState: (key: string) => boolean;
}

const ARROWS: Record<string, Arrow> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/** What is shown as help, in the order of use. */
export const SHORTCUT_HELP: readonly { keys: string; what: string }[] = [
  { keys: "Ctrl+Alt+S", what: "Open the start menu" },
  { keys: "Ctrl+K", what: "Command palette: servers, apps and actions. In a terminal Ctrl+Alt+P" },
  { keys: "Ctrl+Alt+D", what: "Switch server" },
  { keys: "Ctrl+Alt+1 … 9", what: "Go to a server by its place in the taskbar" },
  { keys: "Ctrl+Alt+PgUp  PgDn", what: "Go to the previous or next server" },
  { keys: "F6", what: "Go to the next part: window, taskbar, desktop" },
  { keys: "Ctrl+Alt+Tab", what: "Go to the next window" },
  { keys: "Ctrl+Alt+←  →", what: "Snap the window to a half" },
  { keys: "Ctrl+Alt+↑  ↓", what: "Maximise, or snap to a quarter; restore, then minimise" },
  { keys: "Ctrl+Alt+Enter", what: "Maximise or restore" },
  { keys: "Ctrl+Alt+M", what: "Minimise" },
  { keys: "Ctrl+Alt+W", what: "Close the window" },
  { keys: "Ctrl+Alt+B", what: "Keep the window beside other servers, or no longer" },
  { keys: "Ctrl+Alt+Space", what: "Window menu: move and resize by arrow keys" },
  { keys: "Alt+drag", what: "Move a window by any part of it" },
  { keys: "Ctrl+Alt+L", what: "Lock: hide everything until you prove that you are here" },
  { keys: "Ctrl+Alt+K", what: "Show these shortcuts" },
];

const LETTERS: Record<string, Letter> = {
  KeyM: "minimize",
  Enter: "maximize",
  KeyW: "close",
  KeyS: "start",
  KeyD: "switcher",
  KeyK: "help",
  KeyP: "palette",
  KeyB: "beside",
  KeyL: "lock",
  Space: "windowMenu",
};

/** The shortcut a key press means, null when it means none. */
export function shortcutOf(press: KeyPress): Shortcut | null {
  if (press.getModifierState("AltGraph")) return null;
  if (press.key.toLowerCase() === "k" && press.ctrlKey !== press.metaKey && !press.altKey && !press.shiftKey) return { kind: "palette" };
  if (press.metaKey) return null;
  if (press.key === "F6" && !press.ctrlKey && !press.altKey) return { kind: "region", isBackwards: press.shiftKey };
  if (!press.ctrlKey || !press.altKey) return null;
  if (press.key === "Tab") return { kind: "cycle", isBackwards: press.shiftKey };
  const arrow = ARROWS[press.key];
  if (arrow !== undefined) return press.shiftKey ? null : { kind: "step", arrow };
  if (press.key === "PageUp" || press.key === "PageDown") return press.shiftKey ? null : { kind: "nextWorkspace", isBackwards: press.key === "PageUp" };
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1];
  if (digit !== undefined) return press.shiftKey ? null : { kind: "workspace", at: Number(digit) - 1 };
  const kind = LETTERS[press.code];
  return kind === undefined || press.shiftKey ? null : { kind };
}
