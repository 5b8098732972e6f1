// Which dialog of the explorer is open, and whether the list of transfers is; by server, as each has its own window.
import { create } from "zustand";
import type { FileItem } from "../../api/folderItems";

export type FilesDialog =
  | { kind: "create"; what: "folder" | "file" | "link"; folder: string; tab: string; target: string }
  | { kind: "delete"; paths: readonly string[]; hasBin: boolean; hasFolder: boolean }
  | { kind: "properties"; items: readonly FileItem[] }
  | { kind: "renameMany"; items: readonly FileItem[] }
  | { kind: "keys" };

interface State {
  dialogs: Readonly<Record<string, FilesDialog | undefined>>;
  transfers: ReadonlySet<string>;
}

export const useDialogs = create<State>(() => ({ dialogs: {}, transfers: new Set() }));

export function openDialog(server: string, dialog: FilesDialog): void {
  useDialogs.setState(({ dialogs }) => ({ dialogs: { ...dialogs, [server]: dialog } }));
}

export function closeDialog(server: string): void {
  useDialogs.setState(({ dialogs }) => ({ dialogs: { ...dialogs, [server]: undefined } }));
}

export function openTransfers(server: string): void {
  useDialogs.setState(({ transfers }) => ({ transfers: new Set([...transfers, server]) }));
}

export function closeTransfers(server: string): void {
  useDialogs.setState(({ transfers }) => ({ transfers: new Set([...transfers].filter((each) => each !== server)) }));
}
