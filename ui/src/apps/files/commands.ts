// What a person can do in a pane, by toolbar, menu or key: each command with all it needs, so that the three do the same.
import { notGrantedOn } from "../../api/permissions";
import { archiveUrl, type ArchiveFormat, contentUrl, hasBin } from "../../api/files";
import { isBroken, isFolder, type FileItem } from "../../api/folderItems";
import { reloadFolder } from "../../api/folders";
import { nameOf, parentOf } from "../../lib/remotePath";
import type { Shell } from "../manifest";
import { duplicate, moveToBin, paste } from "./actions";
import { keep, useClipboard } from "./clipboard";
import { copiedPaths } from "./copiedPaths";
import { openDialog } from "./dialogs";
import { goBack, goForward, goTo, goUp, openTab, select, setRenaming } from "./explorer";
import { sourcesOfFiles } from "./localFiles";
import { say, sayTrouble, undo } from "./notices";
import { everything, inverted, NOTHING_SELECTED, only } from "./selection";
import { startSearch, wantedOf } from "./search";
import { changeSettings, useSettings } from "./settings";
import { pickAndUpload } from "./upload";
import type { PaneModel } from "./usePane";
import { folderName, itemsWord } from "./words";

export type Commands = ReturnType<typeof commandsOf>;

export function commandsOf(server: string, shell: Shell, pane: PaneModel) {
  const { tab, path, selected } = pane;
  const paths = selected.map((item) => item.path);
  const canBin = hasBin(server);
  const hasFolder = selected.some((item) => item.kind === "folder");
  const here = path ?? "/";
  const noWrite = notGrantedOn(server, "files.write");
  /** Keys reach what the menus show as disabled: they are told why. */
  const writes =
    <Args extends unknown[]>(action: (...args: Args) => void) =>
    (...args: Args) => {
      if (noWrite === null) action(...args);
      else sayTrouble(server, noWrite, null);
    };

  const open = (item: FileItem, how?: "edit" | "view") => {
    if (isFolder(item)) goTo(server, tab.id, item.path);
    else if (isBroken(item)) sayTrouble(server, `${folderName(item.path)} leads nowhere`, `It points to ${item.link?.target ?? "a place that cannot be read"}, which is not there.`);
    // What was found by its content opens where it was found.
    else shell.openFile(server, item.path, how, item.lines?.[0]?.line);
  };
  const download = (format: ArchiveFormat = "tar") => {
    const [first] = selected;
    if (first === undefined) return;
    const isPlain = selected.length === 1 && !isFolder(first);
    const link = document.createElement("a");
    link.href = isPlain ? contentUrl(server, first.path, true) : archiveUrl(server, paths, archiveName(selected, here), format);
    link.download = "";
    link.click();
  };
  const remove = () => {
    if (paths.length === 0) return;
    if (canBin) void moveToBin(server, paths);
    else openDialog(server, { kind: "delete", paths, hasBin: canBin, hasFolder });
  };

  return {
    /** Why nothing can be changed here; null: it can. */
    noWrite,
    /** Why no terminal can be opened; null: it can. */
    noTerminal: notGrantedOn(server, "terminal.open"),
    open,
    openSelected: () => {
      const [first] = selected;
      if (selected.length === 1 && first !== undefined) open(first);
      else for (const item of selected.slice(0, 20)) if (!isFolder(item) && !isBroken(item)) shell.openFile(server, item.path, undefined, item.lines?.[0]?.line);
    },
    openInTab: (folder: string) => openTab(server, pane.at, folder),
    showInFolder: (item: FileItem) => goTo(server, tab.id, parentOf(item.path), item.path),
    back: () => goBack(server, tab.id),
    forward: () => goForward(server, tab.id),
    up: () => goUp(server, tab.id, here),
    goTo: (folder: string) => goTo(server, tab.id, folder),
    reload: () => {
      if (pane.search !== null) void startSearch(server, tab.id, { ...wantedOf(pane.search), hidden: useSettings.getState().showsHidden });
      else void reloadFolder(server, here);
    },
    create: writes((what: "folder" | "file" | "link", target: string = "") => openDialog(server, { kind: "create", what, folder: here, tab: tab.id, target })),
    rename: writes(() => {
      const [first] = selected;
      if (selected.length === 1 && first !== undefined) setRenaming(tab.id, first.path);
      else if (selected.length > 1) openDialog(server, { kind: "renameMany", items: selected });
    }),
    copy: () => {
      keep(server, paths, false);
      if (paths.length > 0) say(server, `Copied ${itemsWord(paths.length)}; paste where you want ${paths.length === 1 ? "it" : "them"}`);
    },
    cut: writes(() => {
      keep(server, paths, true);
      if (paths.length > 0) say(server, `Cut ${itemsWord(paths.length)}; paste where you want ${paths.length === 1 ? "it" : "them"}`);
    }),
    paste: writes((into?: string) => {
      const { clipboard } = useClipboard.getState();
      if (clipboard !== null) void paste(clipboard, server, into ?? here);
    }),
    duplicate: writes(() => void duplicate(server, paths)),
    remove: writes(remove),
    removeForGood: writes(() => {
      if (paths.length > 0) openDialog(server, { kind: "delete", paths, hasBin: canBin, hasFolder });
    }),
    download,
    uploadFiles: writes(() => pickAndUpload(server, here, false, sourcesOfFiles)),
    uploadFolder: writes(() => pickAndUpload(server, here, true, sourcesOfFiles)),
    properties: () => {
      if (selected.length > 0) openDialog(server, { kind: "properties", items: selected });
    },
    terminal: (folder?: string) => shell.openTerminal(server, folder ?? here),
    copyPath: async () => {
      const { text, quoted } = copiedPaths(paths.length === 0 ? [here] : paths);
      try {
        await navigator.clipboard.writeText(text);
        const done = paths.length > 1 ? `Copied ${paths.length} paths` : "Copied the path";
        say(server, quoted === 0 ? done : `${done}; ${quoted === 1 ? "one has" : `${quoted} have`} control characters in the name and ${quoted === 1 ? "is" : "are"} quoted as for a shell`);
      } catch {
        sayTrouble(server, "The browser did not let the path be copied", null);
      }
    },
    undo: () => void undo(server),
    selectAll: () => select(tab.id, everything(pane.selection, pane.items)),
    invert: () => select(tab.id, inverted(pane.selection, pane.items)),
    selectNone: () => select(tab.id, { ...NOTHING_SELECTED, focus: pane.selection.focus, anchor: pane.selection.focus }),
    selectOnly: (item: FileItem) => select(tab.id, only(item.path)),
    toggleHidden: () => changeSettings({ showsHidden: !useSettings.getState().showsHidden }),
    togglePreview: () => changeSettings({ hasPreview: !useSettings.getState().hasPreview }),
  };
}

function archiveName(selected: readonly FileItem[], folder: string): string {
  const [first] = selected;
  return selected.length === 1 && first !== undefined ? first.name : folder === "/" ? "files" : nameOf(folder);
}
