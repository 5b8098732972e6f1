// The keys of the editor app; those of the text itself are CodeMirror's.

export type Command = "save" | "review" | "goTo" | "search" | "open" | "close" | "nextTab" | "previousTab" | "wrap" | "whitespace" | "versions" | "keepVersions" | "larger" | "smaller" | "usualSize" | "keys" | "reload";

interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

const ALT: Record<string, Command> = { KeyG: "goTo", KeyO: "open", KeyW: "close", KeyR: "review", KeyH: "versions", KeyZ: "wrap", PageDown: "nextTab", PageUp: "previousTab" };

/** What a key press means; null: it belongs to the text. */
export function meaningOf(press: KeyPress): Command | null {
  const isCtrl = press.ctrlKey || press.metaKey;
  if (!isCtrl) return press.altKey && !press.shiftKey && Object.hasOwn(ALT, press.code) ? (ALT[press.code] ?? null) : null;
  if (press.altKey) return null;
  if (press.key === "+" || (press.key === "=" && !press.shiftKey)) return "larger";
  if (press.shiftKey) return null;
  if (press.key === "-") return "smaller";
  if (press.key === "0") return "usualSize";
  const key = press.key.toLowerCase();
  return key === "s" ? "save" : key === "g" ? "goTo" : key === "f" ? "search" : null;
}

export const KEY_HELP: readonly { keys: string; what: string }[] = [
  { keys: "Ctrl+S", what: "Save" },
  { keys: "Alt+R", what: "Review the changes" },
  { keys: "Alt+H", what: "Earlier versions" },
  { keys: "Ctrl+F", what: "Search and replace; F3 and Shift+F3 go on" },
  { keys: "Ctrl+G  or  Alt+G", what: "Go to a line" },
  { keys: "Ctrl+Z  Ctrl+Y", what: "Undo and redo" },
  { keys: "Ctrl+/", what: "Make lines comments, or no longer" },
  { keys: "Tab  Shift+Tab", what: "Indent more and less" },
  { keys: "Escape, then Tab", what: "Leave the text with the Tab key" },
  { keys: "Alt+↑  ↓", what: "Move lines; with Shift copy them" },
  { keys: "Ctrl+D", what: "Select the next occurrence as well" },
  { keys: "Alt+drag", what: "Select a rectangle" },
  { keys: "Alt+Z", what: "Wrap long lines" },
  { keys: "Ctrl++  −  0", what: "Larger, smaller, usual size of the text" },
  { keys: "Alt+PgDn  PgUp", what: "Next and previous file" },
  { keys: "Alt+O  Alt+W", what: "Open a file, close the file" },
];
