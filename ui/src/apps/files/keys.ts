// The keys of the explorer as commands; what moves the focus among the items is not here.

export type KeyCommand =
  | "open" | "up" | "back" | "forward" | "rename" | "remove" | "removeForGood" | "copy" | "cut" | "paste" | "duplicate" | "pathBar"
  | "reload" | "toggleHidden" | "selectAll" | "invert" | "selectNone" | "undo" | "filter" | "searchContent" | "newFolder" | "properties" | "togglePreview" | "copyPath";

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** What is shown as help. */
export const KEY_HELP: readonly { keys: string; what: string }[] = [
  { keys: "Enter", what: "Open" },
  { keys: "Backspace or Alt+↑", what: "To the folder above" },
  { keys: "Alt+←  →", what: "Back and forward" },
  { keys: "F2", what: "Rename; several by a pattern" },
  { keys: "Delete", what: "Move to the Recycle Bin" },
  { keys: "Shift+Delete", what: "Delete for good" },
  { keys: "Ctrl+C  X  V", what: "Copy, cut, paste" },
  { keys: "Ctrl+Shift+C", what: "Copy the path" },
  { keys: "Ctrl+D", what: "Duplicate" },
  { keys: "Ctrl+Z", what: "Undo" },
  { keys: "Ctrl+A", what: "Select all; with Shift the others" },
  { keys: "Space", what: "Select or deselect" },
  { keys: "Ctrl+Shift+N", what: "New folder" },
  { keys: "Alt+Enter", what: "Properties" },
  { keys: "Ctrl+L", what: "Type a path" },
  { keys: "/ or Ctrl+F", what: "Filter, or search names below" },
  { keys: "Ctrl+Shift+F", what: "Search in the content of files below" },
  { keys: "→  ←", what: "Into the lines found in a file, and back" },
  { keys: "Ctrl+H", what: "Show hidden files" },
  { keys: "Ctrl+P", what: "Preview" },
  { keys: "F5", what: "Reload" },
  { keys: "letters", what: "Go to the item that starts so" },
];

const PLAIN: Record<string, KeyCommand> = { Enter: "open", Backspace: "up", F2: "rename", Delete: "remove", F5: "reload", Escape: "selectNone", "/": "filter" };
const CTRL: Record<string, KeyCommand> = {
  c: "copy", x: "cut", v: "paste", d: "duplicate", l: "pathBar", h: "toggleHidden", a: "selectAll", z: "undo", f: "filter", r: "reload", p: "togglePreview",
};
const ALT: Record<string, KeyCommand> = { ArrowUp: "up", ArrowLeft: "back", ArrowRight: "forward", Enter: "properties" };

export function keyCommand(press: KeyPress): KeyCommand | null {
  const isCtrl = press.ctrlKey || press.metaKey;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (isCtrl && press.altKey) return null;
  if (isCtrl && press.shiftKey) return ({ n: "newFolder", a: "invert", c: "copyPath", f: "searchContent" } as const)[key] ?? null;
  if (isCtrl) return CTRL[key] ?? null;
  if (press.altKey) return press.shiftKey ? null : (ALT[press.key] ?? null);
  if (press.shiftKey) return press.key === "Delete" ? "removeForGood" : null;
  return PLAIN[press.key] ?? null;
}
