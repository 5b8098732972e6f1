// The keys of the Terminal app: only such that shells and programs in them do not use, so all others reach the shell.

export type Command =
  | "newTab"
  | "splitRight"
  | "splitDown"
  | "closePane"
  | "nextTab"
  | "previousTab"
  | "focusLeft"
  | "focusRight"
  | "focusUp"
  | "focusDown"
  | "copy"
  | "paste"
  | "selectAll"
  | "search"
  | "clear"
  | "previousPrompt"
  | "nextPrompt"
  | "larger"
  | "smaller"
  | "usualSize"
  | "save"
  | "record"
  | "broadcast"
  | "snippets"
  | "recordings"
  | "keys"
  | "fullScreen"
  | "settings";

interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

/** `native`: the browser itself does it, by its own paste event, so that no permission is asked for. `toolbar`: out of the terminal, where the Tab key belongs to the shell. */
export type KeyMeaning = Command | "toolbar" | "native" | null;

const CTRL_SHIFT: Record<string, KeyMeaning> = {
  KeyT: "newTab",
  Enter: "newTab",
  KeyD: "splitRight",
  KeyE: "splitDown",
  KeyW: "closePane",
  KeyX: "closePane",
  PageDown: "nextTab",
  PageUp: "previousTab",
  KeyC: "copy",
  KeyV: "native",
  KeyF: "search",
  KeyK: "clear",
  ArrowUp: "previousPrompt",
  ArrowDown: "nextPrompt",
  Space: "toolbar",
};
const CTRL_SHIFT_ALT: Record<string, KeyMeaning> = { ArrowLeft: "focusLeft", ArrowRight: "focusRight", ArrowUp: "focusUp", ArrowDown: "focusDown" };
/** The plain ones that a browser keeps to itself in a tab, and gives away in a window of its own. */
const APP_CTRL: Record<string, KeyMeaning> = { KeyT: "newTab", PageDown: "nextTab", PageUp: "previousTab" };

/** What a key press means to the app; `null`: it belongs to the shell. `isApp`: the page is in a window of its own, without the browser's tabs. */
export function meaningOf(press: KeyPress, isApp: boolean): KeyMeaning {
  if (press.metaKey) return null;
  if (!press.ctrlKey) return press.shiftKey && !press.altKey && press.key === "Insert" ? "native" : null;
  if (press.altKey) return press.shiftKey ? (meaning(CTRL_SHIFT_ALT, press.code)) : null;
  // By what is typed, as the keys lie elsewhere on many keyboards; the plus may need Shift.
  if (press.key === "+" || (press.key === "=" && !press.shiftKey)) return "larger";
  if (press.shiftKey) return meaning(CTRL_SHIFT, press.code);
  if (press.key === "-") return "smaller";
  if (press.key === "0") return "usualSize";
  return isApp ? meaning(APP_CTRL, press.code) : null;
}

function meaning(table: Record<string, KeyMeaning>, code: string): KeyMeaning {
  return Object.hasOwn(table, code) ? (table[code] ?? null) : null;
}

export interface KeyHelp {
  keys: string;
  /** Where the browser takes them in a tab. */
  instead?: string;
  what: string;
}

export const KEY_HELP: readonly KeyHelp[] = [
  { keys: "Ctrl+Shift+T", instead: "Ctrl+Shift+Enter", what: "New tab, in the folder of this one" },
  { keys: "Ctrl+Shift+W", instead: "Ctrl+Shift+X", what: "Close the terminal" },
  { keys: "Ctrl+Shift+D", what: "Split right" },
  { keys: "Ctrl+Shift+E", what: "Split down" },
  { keys: "Ctrl+Shift+PgDn  PgUp", what: "Next and previous tab" },
  { keys: "Ctrl+Shift+Alt+arrow", what: "Go to the pane in that direction" },
  { keys: "Ctrl+Shift+C  V", what: "Copy and paste; Shift+Insert pastes too" },
  { keys: "Ctrl+Shift+F", what: "Search; F3 and Shift+F3 go on" },
  { keys: "Ctrl+Shift+↑  ↓", what: "Previous and next prompt" },
  { keys: "Ctrl+Shift+K", what: "Clear" },
  { keys: "Ctrl++  −  0", what: "Larger, smaller, usual size of the text" },
  { keys: "Ctrl+Shift+Space", what: "Go to the tabs and buttons; Escape comes back" },
  { keys: "Ctrl+click", what: "Follow a link" },
  { keys: "Shift+drag", what: "Select where a program has the mouse" },
];
