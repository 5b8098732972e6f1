// What the keys, the toolbar and the menus do, in one place.
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { changeTerminalPreferences, TERMINAL_START, usePreferences } from "../../api/preferences";
import { clearTerminal, findTerminal, setRecording, terminalTextUrl } from "../../api/terminals";
import type { ErrorBody, Server } from "../../api/types";
import { closeTerminals, openSplit, openTab, programsIn } from "./actions";
import { neighbour } from "./arrangement";
import { pasteInto } from "./broadcast";
import type { CloseQuestion } from "./CloseDialog";
import { toggleFullScreen } from "./fullScreen";
import type { Command } from "./keys";
import { activeTab, withFocus, withStep, type Direction } from "./layout";
import { panes } from "./paneSession";
import { cleanPaste, hasSeveralLines } from "./paste";
import { changeTabs, tabsOf } from "./tabs";

const FONT_SIZES = { least: 8, most: 32 };
const DIRECTIONS: Partial<Record<Command, Direction>> = { focusLeft: "left", focusRight: "right", focusUp: "up", focusDown: "down" };

export type OpenDialog =
  | { kind: "settings" | "snippets" | "recordings" | "keys" }
  | { kind: "close"; question: CloseQuestion }
  | { kind: "paste"; terminal: string; text: string };

export interface Commands {
  dialog: OpenDialog | null;
  /** The terminal that is being searched. */
  searching: string | null;
  /** What went wrong last, for the line above the panes. */
  failure: string | null;
  isOpening: boolean;
  /** Why the last terminal could not be opened. */
  refusal: ErrorBody | null;
  /** A new number asks the focused pane to take the focus. */
  focusRequests: number;
  /** Does it to the given terminal, else to the focused one. */
  run: (command: Command, terminal?: string) => void;
  /** Opens a tab, in a folder of the server or at home. */
  open: (folder: string | null) => Promise<void>;
  paste: (terminal: string, text: string) => void;
  insert: (text: string, runs: boolean) => void;
  close: (terminals: readonly string[]) => Promise<void>;
  confirmClose: (terminals: readonly string[]) => Promise<void>;
  closeDialog: () => void;
  closeSearch: () => void;
  forgetFailure: () => void;
  takeFocus: () => void;
}

export function useCommands(server: Server): Commands {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [searching, setSearching] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<ErrorBody | null>(null);
  const [opening, setOpening] = useState(0);
  const [focusRequests, setFocusRequests] = useState(0);
  const takeFocus = () => setFocusRequests((count) => count + 1);

  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(`${what}: ${describeError(asErrorBody(thrown)).message}`);
    }
  };
  const opens = async (work: () => Promise<unknown>) => {
    setOpening((count) => count + 1);
    setRefusal(null);
    setFailure(null);
    try {
      await work();
      takeFocus();
    } catch (thrown) {
      const error = asErrorBody(thrown);
      setRefusal(error);
      setFailure(`The terminal could not be opened: ${describeError(error).message}`);
    }
    setOpening((count) => count - 1);
  };
  const confirmClose = async (terminals: readonly string[]) => {
    await attempt("The terminal could not be closed", () => closeTerminals(server.id, terminals));
    takeFocus();
  };
  const close = async (terminals: readonly string[]) => {
    const programs = await programsIn(terminals);
    if (programs.length > 0) setDialog({ kind: "close", question: { terminals, programs } });
    else await confirmClose(terminals);
  };
  const paste = (terminal: string, text: string) => {
    const clean = cleanPaste(text);
    if (clean === "") return;
    if (usePreferences.getState().terminal.warnOnPaste && hasSeveralLines(clean)) setDialog({ kind: "paste", terminal, text: clean });
    else pasteInto(terminal, clean);
  };
  const focusedNow = () => activeTab(tabsOf(server.id))?.focused ?? null;

  const run = (command: Command, given?: string) => {
    const terminal = given ?? focusedNow();
    const session = terminal === null ? undefined : panes.get(terminal);
    switch (command) {
      case "newTab":
        void opens(() => openTab(server.id, { like: terminal }));
        return;
      case "splitRight":
      case "splitDown":
        if (terminal !== null) void opens(() => openSplit(server.id, terminal, command === "splitRight" ? "right" : "bottom"));
        return;
      case "closePane":
        if (terminal !== null) void close([terminal]);
        return;
      case "nextTab":
      case "previousTab":
        changeTabs(server.id, (set) => withStep(set, command === "nextTab" ? 1 : -1));
        takeFocus();
        return;
      case "focusLeft":
      case "focusRight":
      case "focusUp":
      case "focusDown": {
        const tab = activeTab(tabsOf(server.id));
        const direction = DIRECTIONS[command];
        const next = tab === null || direction === undefined ? null : neighbour(tab.root, tab.focused, direction);
        if (next !== null) changeTabs(server.id, (set) => withFocus(set, next));
        takeFocus();
        return;
      }
      case "copy":
        if (session?.term.hasSelection() === true) void attempt("The text could not be copied", () => navigator.clipboard.writeText(session.term.getSelection()));
        return;
      case "paste":
        if (terminal !== null) void attempt("The browser does not let the page read the clipboard; press Ctrl+Shift+V", async () => paste(terminal, await navigator.clipboard.readText()));
        return;
      case "selectAll":
        session?.term.selectAll();
        return;
      case "search":
        setSearching(terminal);
        return;
      case "clear":
        if (terminal !== null) void attempt("The terminal could not be cleared", () => clearTerminal(terminal));
        takeFocus();
        return;
      case "previousPrompt":
      case "nextPrompt":
        session?.prompts.go(command === "previousPrompt" ? "previous" : "next");
        return;
      case "larger":
      case "smaller":
      case "usualSize":
        changeFontSize(command);
        return;
      case "save":
        if (terminal !== null) saveText(terminal, server.name);
        takeFocus();
        return;
      case "record": {
        const isOn = terminal !== null && findTerminal(terminal)?.recording === true;
        if (terminal !== null) void attempt("The recording could not be changed", () => setRecording(terminal, !isOn));
        takeFocus();
        return;
      }
      case "fullScreen":
        void attempt("The browser did not go to full screen", toggleFullScreen);
        takeFocus();
        return;
      case "snippets":
      case "recordings":
      case "keys":
      case "settings":
        setDialog({ kind: command });
        return;
      case "broadcast":
    }
  };

  return {
    dialog,
    searching,
    failure,
    isOpening: opening > 0,
    refusal,
    focusRequests,
    run,
    open: (folder) => opens(() => openTab(server.id, { folder })),
    paste,
    insert: (text, runs) => {
      const terminal = focusedNow();
      if (terminal === null) return;
      pasteInto(terminal, cleanPaste(text));
      if (runs) panes.get(terminal)?.type("\r");
    },
    close,
    confirmClose,
    closeDialog: () => {
      setDialog(null);
      // After the dialog, which gives the focus back to the button of the menu it came from.
      window.setTimeout(takeFocus);
    },
    closeSearch: () => {
      setSearching(null);
      takeFocus();
    },
    forgetFailure: () => setFailure(null),
    takeFocus,
  };
}

function changeFontSize(command: "larger" | "smaller" | "usualSize"): void {
  const { fontSize } = usePreferences.getState().terminal;
  const wanted = command === "usualSize" ? TERMINAL_START.fontSize : fontSize + (command === "larger" ? 1 : -1);
  const next = Math.min(FONT_SIZES.most, Math.max(FONT_SIZES.least, wanted));
  if (next !== fontSize) void changeTerminalPreferences({ fontSize: next }).catch(() => undefined);
}

function saveText(terminal: string, serverName: string): void {
  const link = document.createElement("a");
  link.href = terminalTextUrl(terminal);
  link.download = `${serverName.replace(/[^\w.-]+/g, "-")}-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.txt`;
  link.click();
}
