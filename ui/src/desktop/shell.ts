// What of the desktop is open over the windows: a dialog, the start menu, the server switcher, the snap preview.
import { create } from "zustand";
import type { Shell } from "../apps/manifest";
import { dashboard } from "../apps/dashboard/manifest";
import { editor, requestEdit } from "../apps/editor/manifest";
import { files, requestFolder } from "../apps/files/manifest";
import { queries, requestQuery } from "../apps/queries/manifest";
import { recycleBin } from "../apps/recycle-bin/manifest";
import { settings } from "../apps/settings/manifest";
import { requestTerminal, terminal } from "../apps/terminal/manifest";
import { requestView, viewer } from "../apps/viewer/manifest";
import { queryClient, SERVERS_KEY } from "../api/cache";
import { connect } from "../api/servers";
import type { Server } from "../api/types";
import { isViewed } from "../lib/fileFamily";
import { nameOf } from "../lib/remotePath";
import type { Placement } from "./geometry";
import type { ServerForm } from "./servers/serverForm";
import { frontHere, openApp, openBeside, showWorkspace, useWorkspaces, type Openable } from "./workspaces";

export type OpenDialog =
  /** With what was typed before, where one comes back to the form. */
  | { kind: "addServer"; draft?: ServerForm | null }
  | { kind: "editServer"; id: string }
  | { kind: "removeServer"; id: string }
  /** With the form that is tested before it is saved. */
  | { kind: "testServer"; id: string; draft: ServerForm | null }
  | { kind: "connection"; id: string }
  | { kind: "administrator"; id: string; retry: (() => void) | null }
  | { kind: "shortcuts" };

export interface ShellState {
  dialog: OpenDialog | null;
  panel: "start" | "switcher" | "palette" | null;
  /** Where the window under the pointer would snap. */
  snapPreview: Placement | null;
}

export const useShell = create<ShellState>(() => ({ dialog: null, panel: null, snapPreview: null }));

export function openDialog(dialog: OpenDialog): void {
  useShell.setState({ dialog, panel: null });
}

export function closeDialog(): void {
  useShell.setState({ dialog: null });
}

export function setPanel(panel: ShellState["panel"]): void {
  useShell.setState({ panel });
}

/** Goes to a server's workspace, connected or not. */
export function showServer(id: string): void {
  showWorkspace(id, dashboard);
  setPanel(null);
}

/** Goes to a server's workspace; one that is not connected starts to connect. What goes wrong shows as its state. */
export function openServer(id: string): void {
  showServer(id);
  const server = queryClient.getQueryData<Server[]>(SERVERS_KEY)?.find((each) => each.id === id);
  const status = server?.state.status;
  if (status === "disconnected" || status === "failed") void connect(id).catch(() => undefined);
}

/** Opens an app on a server: in its workspace, or, asked for by a window that stands beside another workspace, beside it too. */
export function openOn(server: string, app: Openable): void {
  const state = useWorkspaces.getState();
  if (server !== state.active && frontHere(state)?.server === server) {
    openBeside(server, app);
    return;
  }
  openServer(server);
  openApp(app);
}

/** What apps may ask of the desktop. */
export const shell: Shell = {
  addServer: () => openDialog({ kind: "addServer" }),
  editServer: (id) => openDialog({ kind: "editServer", id }),
  removeServer: (id) => openDialog({ kind: "removeServer", id }),
  testServer: (id) => openDialog({ kind: "testServer", id, draft: null }),
  showConnection: (id) => openDialog({ kind: "connection", id }),
  becomeAdministrator: (id, retry) => openDialog({ kind: "administrator", id, retry: retry ?? null }),
  openServer,
  openTerminal: (server, folder) => {
    requestTerminal(server, folder ?? null);
    openOn(server, terminal);
  },
  openFile: (server, path, how, line) => {
    const isForViewer = how === undefined ? isViewed(nameOf(path)) : how === "view";
    if (isForViewer) requestView(server, path);
    else requestEdit(server, path, line ?? null);
    openOn(server, isForViewer ? viewer : editor);
  },
  openFolder: (server, path) => {
    requestFolder(server, path);
    openOn(server, files);
  },
  openRecycleBin: (server) => {
    openOn(server, recycleBin);
  },
  openQuery: (server, query, args) => {
    requestQuery(server, query, args);
    openOn(server, queries);
  },
  openSettings: () => openApp(settings),
};
