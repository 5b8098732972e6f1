// What the buttons and keys of the editor do, and which dialog is open.
import { indentUnit } from "@codemirror/language";
import { openSearchPanel } from "@codemirror/search";
import { useState } from "react";
import type { LineEnd } from "../../lib/lineEnds";
import { changeFile, showFile, useDocuments, type OpenFile } from "./documents";
import { noteChange } from "./drafting";
import type { Command } from "./keys";
import { dropOddEnds } from "./lineEndField";
import { closeFile, loadFile } from "./opening";
import { saveFile } from "./saving";
import { sessionOf, showLine } from "./sessions";
import { changeFontSize, changeSettings, useSettings } from "./settings";
import { compartments, indentationOf } from "./setup";

export type AppDialog =
  | { kind: "close"; files: readonly OpenFile[]; after: () => void }
  | { kind: "reload" | "goTo" | "open" | "keys" | "language" | "encoding" };

export type Commands = ReturnType<typeof useCommands>;

export function useCommands(server: string, files: readonly OpenFile[], file: OpenFile | null) {
  const [dialog, setDialog] = useState<AppDialog | null>(null);
  const [focusRequests, setFocusRequests] = useState(0);
  const [target, setTarget] = useState<{ at: number | { percent: number }; request: number }>({ at: 0, request: 0 });
  const takeFocus = () => setFocusRequests((count) => count + 1);
  const isReady = file?.phase.kind === "ready";
  const view = file === null ? undefined : sessionOf(file.id)?.view;

  const closeAll = (closed: readonly OpenFile[], givesUp: boolean) => void Promise.all(closed.map(({ id }) => closeFile(id, givesUp)));
  const close = (closed: OpenFile) => {
    if (closed.isDirty) setDialog({ kind: "close", files: [closed], after: takeFocus });
    else closeAll([closed], true);
    takeFocus();
  };
  const step = (by: number) => {
    const next = file === null ? undefined : files.at((files.indexOf(file) + by) % files.length);
    if (next !== undefined) showFile(next);
    takeFocus();
  };

  const run = (command: Command) => {
    switch (command) {
      case "save":
        if (isReady && (file.isDirty || file.isNew)) void saveFile(file.id);
        return;
      case "review":
        if (isReady && file.isDirty) changeFile(file.id, { panel: file.panel === "review" ? null : "review" });
        return;
      case "versions":
        if (isReady) changeFile(file.id, { panel: file.panel === "versions" ? null : "versions" });
        return;
      case "keepVersions":
        changeSettings({ keepsVersions: !useSettings.getState().keepsVersions });
        return;
      case "search":
        if (!isReady || view === undefined) return;
        changeFile(file.id, { panel: null });
        openSearchPanel(view);
        return;
      case "goTo":
        if (isReady || file?.phase.kind === "large") setDialog({ kind: "goTo" });
        return;
      case "open":
      case "keys":
        setDialog({ kind: command });
        return;
      case "close":
        if (file !== null) close(file);
        return;
      case "reload":
        if (file?.isDirty === true) setDialog({ kind: "reload" });
        else if (file !== null) void loadFile(file.id).then(takeFocus);
        return;
      case "nextTab":
        step(1);
        return;
      case "previousTab":
        step(-1);
        return;
      case "wrap":
        changeSettings({ wraps: !useSettings.getState().wraps });
        return;
      case "whitespace":
        changeSettings({ showsWhitespace: !useSettings.getState().showsWhitespace });
        return;
      case "larger":
      case "smaller":
        changeFontSize(command === "larger" ? 1 : -1);
        return;
      case "usualSize":
        changeFontSize(0);
    }
  };

  return {
    run,
    dialog,
    focusRequests,
    target,
    takeFocus,
    close,
    pick: (what: "language" | "encoding") => setDialog({ kind: what }),
    closeDialog: () => setDialog(null),
    /** The window is about to close: what is not saved holds it. */
    closeWindow: (hold: () => void, closeIt: () => void) => {
      const open = useDocuments.getState().files.filter((each) => each.server === server);
      const dirty = open.filter((each) => each.isDirty);
      const leave = () => {
        closeAll(open.filter((each) => !each.isDirty), false);
        closeIt();
      };
      if (dirty.length === 0) {
        closeAll(open, false);
        return;
      }
      hold();
      setDialog({ kind: "close", files: dirty, after: leave });
    },
    /** Discards the changes of the files that were asked about. */
    discard: (closed: readonly OpenFile[], after: () => void) => {
      setDialog(null);
      closeAll(closed, true);
      after();
    },
    saveAndClose: async (closed: readonly OpenFile[], after: () => void) => {
      const saved: boolean[] = [];
      // One after the other, so that the first that cannot be saved is the one shown.
      // oxlint-disable-next-line no-await-in-loop -- as said
      for (const { id } of closed) saved.push(await saveFile(id));
      setDialog(null);
      closeAll(closed.filter((_, index) => saved[index] === true), true);
      const failed = closed.find((_, index) => saved[index] !== true);
      if (failed === undefined) after();
      else showFile(failed);
    },
    goTo: (at: number | { percent: number }) => {
      setDialog(null);
      if (!isReady || view === undefined || typeof at !== "number") {
        setTarget((now) => ({ at, request: now.request + 1 }));
        return;
      }
      showLine(file.id, at);
      takeFocus();
    },
    setLineEnd: (lineEnd: LineEnd) => {
      if (file === null || view === undefined) return;
      changeFile(file.id, { lineEnd, isMixed: false });
      view.dispatch({ effects: dropOddEnds.of(null) });
      noteChange(file.id);
    },
    setIndent: (spaces: number | null) => {
      if (file === null || view === undefined || view.state.facet(indentUnit) === "") return;
      changeFile(file.id, { indentation: { spaces } });
      view.dispatch({ effects: compartments.indentation(file.id).reconfigure(indentationOf(spaces)) });
    },
  };
}
