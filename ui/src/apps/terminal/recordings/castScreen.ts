// An xterm to play a recording on. What a recording holds is a stranger's: nothing it asks for is answered, nothing it sets leaves this terminal, and its links open only on the user's click, and only web pages.
import type { Terminal } from "@xterm/xterm";
import type { TerminalPreferences } from "../../../api/types";
import { SCROLLBAR_PX } from "../fit";
import { createXterm } from "../xtermSetup";
import type { Cast } from "./asciicast";

const LINES_KEPT = 1000;
const SMALLEST_FONT_PX = 3;
const CLIPBOARD = 52;

/** `onLink`: the address of the link under the pointer, null when there is none. */
export function createCastXterm(cast: Cast, preferences: TerminalPreferences, isDark: boolean, onLink: (uri: string | null) => void): Terminal {
  const term = createXterm({ ...preferences, scrollbackLines: LINES_KEPT }, isDark);
  term.options.disableStdin = true;
  term.options.linkHandler = {
    activate: (event, uri) => {
      if ((event.ctrlKey || event.metaKey) && isWebPage(uri)) window.open(uri, "_blank", "noopener,noreferrer");
    },
    hover: (_event, uri) => onLink(isWebPage(uri) ? uri : null),
    leave: () => onLink(null),
  };
  term.parser.registerOscHandler(CLIPBOARD, () => true);
  // Keys belong to the player.
  term.attachCustomKeyEventHandler(() => false);
  term.resize(cast.columns, cast.rows);
  return term;
}

/** Makes the characters as large as they were chosen, or as small as it takes for all columns and rows to be seen; the room gets the terminal's size. */
export function fitFont(term: Terminal, room: HTMLElement, fontSize: number, mostHeight: number): void {
  const screen = term.element?.querySelector<HTMLElement>(".xterm-screen") ?? null;
  const mostWidth = (room.parentElement?.clientWidth ?? 0) - SCROLLBAR_PX;
  if (screen === null || mostWidth <= 0) return;
  term.options.fontSize = fontSize;
  const fits = () => screen.offsetWidth <= mostWidth && screen.offsetHeight <= mostHeight;
  if (!fits()) {
    const share = Math.min(mostWidth / screen.offsetWidth, mostHeight / screen.offsetHeight);
    let smaller = Math.floor(fontSize * share * 10) / 10;
    term.options.fontSize = Math.max(SMALLEST_FONT_PX, smaller);
    // Rows are whole pixels high, so that they may still be too many.
    while (!fits() && smaller > SMALLEST_FONT_PX) {
      smaller -= 0.2;
      term.options.fontSize = Math.max(SMALLEST_FONT_PX, smaller);
    }
  }
  room.style.width = `${screen.offsetWidth + SCROLLBAR_PX}px`;
  room.style.height = `${screen.offsetHeight}px`;
}

function isWebPage(uri: string): boolean {
  return /^https?:\/\//i.test(uri);
}
