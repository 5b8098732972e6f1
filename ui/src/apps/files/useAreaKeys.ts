// The keyboard among the items: arrows by the view's shape, pages, Space, letters; every other key is a command.
import { useRef, type KeyboardEvent } from "react";
import type { Commands } from "./commands";
import { select, setFilter } from "./explorer";
import { stopSearch } from "./search";
import type { Scope } from "./searchForm";
import { keyCommand, type KeyCommand } from "./keys";
import { extended, only, toggled, typedAhead } from "./selection";
import type { PaneModel } from "./usePane";

const TYPING_MS = 900;

export interface AreaKeysOptions {
  pane: PaneModel;
  commands: Commands;
  columns: number;
  /** How many rows are in view. */
  pageRows: number;
  onPathBar: () => void;
  onFilter: (scope: Scope) => void;
  /** The focus goes into what lies below the focused item. */
  onInto: () => void;
}

type CommandOptions = Pick<AreaKeysOptions, "pane" | "commands" | "onPathBar" | "onFilter">;

export function useAreaKeys({ pane, commands, columns, pageRows, onPathBar, onFilter, onInto }: AreaKeysOptions): (event: KeyboardEvent) => void {
  const typed = useRef({ text: "", atMs: 0 });

  const goTo = (at: number, event: KeyboardEvent) => {
    const item = pane.items[Math.max(0, Math.min(pane.items.length - 1, at))];
    if (item === undefined) return;
    if (event.shiftKey) select(pane.tab.id, extended(pane.selection, pane.items, item.path, false));
    else if (event.ctrlKey || event.metaKey) select(pane.tab.id, { ...pane.selection, focus: item.path });
    else select(pane.tab.id, only(item.path));
  };

  return (event) => {
    if (event.target instanceof HTMLInputElement || event.defaultPrevented) return;
    const at = pane.selection.focus === null ? -1 : (pane.indexOf.get(pane.selection.focus) ?? -1);
    const isFirst = at === -1;
    const steps: Record<string, number | undefined> = {
      ArrowDown: isFirst ? 0 : at + columns,
      ArrowUp: isFirst ? 0 : at - columns,
      ...(columns > 1 ? { ArrowRight: at + 1, ArrowLeft: isFirst ? 0 : at - 1 } : {}),
      Home: 0,
      End: pane.items.length - 1,
      PageDown: Math.max(0, at) + columns * pageRows,
      PageUp: Math.max(0, at) - columns * pageRows,
    };
    const step = event.altKey ? undefined : steps[event.key];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const isTyping = Date.now() - typed.current.atMs < TYPING_MS && typed.current.text !== "";
    if (step !== undefined) {
      // Up from the first row and down from the last stay where they are.
      const isOut = (event.key === "ArrowUp" && step < 0) || (event.key === "ArrowDown" && step >= pane.items.length && Math.floor(at / columns) === Math.floor((pane.items.length - 1) / columns));
      if (!isOut) goTo(step, event);
    } else if (event.key === "ArrowRight" && isPlain && pane.search !== null) onInto();
    else if (event.key === " " && !(isTyping && isPlain)) {
      if (pane.selection.focus !== null) select(pane.tab.id, toggled(pane.selection, pane.selection.focus));
    } else if (isPlain && event.key.length === 1 && (event.key !== "/" || isTyping)) {
      typed.current = { text: isTyping ? typed.current.text + event.key : event.key, atMs: Date.now() };
      const found = typedAhead(pane.items, at, typed.current.text);
      const item = pane.items[found];
      if (item !== undefined) select(pane.tab.id, only(item.path));
    } else {
      const command = keyCommand(event);
      // What is pasted may be files of this computer, which only the browser's own event brings.
      if (command === null || command === "paste") return;
      runCommand(command, { pane, commands, onPathBar, onFilter });
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Those that mean the same wherever in the window the focus is. */
const EVERYWHERE: ReadonlySet<KeyCommand> = new Set(["pathBar", "filter", "searchContent", "reload", "toggleHidden", "togglePreview", "back", "forward", "undo", "newFolder"]);

/** Keys that were pressed beside the items, such as on a button of the toolbar. */
export function runElsewhere(event: KeyboardEvent<HTMLElement>, options: CommandOptions): void {
  const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
  // Dialogs and menus are inside for React alone.
  if (!isInside || event.defaultPrevented || event.target instanceof HTMLInputElement) return;
  const command = keyCommand(event);
  if (command === null || !EVERYWHERE.has(command)) return;
  event.preventDefault();
  event.stopPropagation();
  runCommand(command, options);
}

function runCommand(command: KeyCommand, { pane, commands, onPathBar, onFilter }: CommandOptions): void {
  if (command === "open") commands.openSelected();
  else if (command === "pathBar") onPathBar();
  else if (command === "filter") onFilter("names");
  else if (command === "searchContent") onFilter("content");
  else if (command === "newFolder") commands.create("folder");
  else if (command === "selectNone") {
    if (pane.selected.length > 0) commands.selectNone();
    else if (pane.search !== null) stopSearch(pane.tab.id);
    else if (pane.filter !== "") setFilter(pane.tab.id, "");
  } else if (command === "copyPath") void commands.copyPath();
  else if (command === "paste") commands.paste();
  else commands[command]();
}
