// Everything the start menu can do: open apps, go to servers, and act on the desktop.
import { changePreferences } from "../api/preferences";
import { lock } from "../api/program";
import { addressOf, connect } from "../api/servers";
import type { Server, Theme } from "../api/types";
import { APPS } from "../apps/index";
import { requestClose } from "./closing";
import { disconnectWithReceipt } from "./receipts";
import { openDialog, openServer } from "./shell";
import type { StartEntry } from "./startSearch";
import { openApp, useWorkspaces, windowsOf } from "./workspaces";

const THEMES: readonly [Theme, string][] = [
  ["light", "Light theme"],
  ["dark", "Dark theme"],
  ["auto", "Theme of the system"],
];

export function startEntries(servers: readonly Server[], active: Server): StartEntry[] {
  const isConnected = active.state.status === "connected" || active.state.status === "reconnecting";
  return [
    ...APPS.map((app) => entry("app", app.id, app.title, app.summary, () => openApp(app))),
    ...servers.map((server) => entry("server", server.id, server.name, addressOf(server), () => openServer(server.id))),
    entry("action", "add", "Add server", "Connect to another server over SSH", () => openDialog({ kind: "addServer" })),
    isConnected
      ? entry("action", "disconnect", `Disconnect ${active.name}`, "Close the connection", () => void disconnectWithReceipt(active))
      : entry("action", "connect", `Connect ${active.name}`, "Open the connection", () => void connect(active.id).catch(() => undefined)),
    ...(active.state.status === "reconnecting" ? [entry("action", "retry", `Reconnect now to ${active.name}`, "Without waiting for the next try", () => void connect(active.id).catch(() => undefined))] : []),
    entry("action", "connection", `Connection details of ${active.name}`, "Host key, algorithms, way there", () => openDialog({ kind: "connection", id: active.id })),
    ...THEMES.map(([theme, title]) =>
      entry("action", theme, title, "Appearance", () => void changePreferences({ theme }).catch(() => undefined)),
    ),
    entry("action", "close", "Close all windows", "Of this workspace", closeAll),
    entry("action", "lock", "Lock", "Hide everything until you prove that you are here", lock),
    entry("action", "keys", "Keyboard shortcuts", "What the keys do", () => openDialog({ kind: "shortcuts" })),
  ];
}

function closeAll(): void {
  const state = useWorkspaces.getState();
  for (const window of windowsOf(state, state.active)) requestClose(window);
}

function entry(kind: StartEntry["kind"], id: string, title: string, detail: string, run: () => void): StartEntry {
  return { id: `${kind}-${id}`, kind, title, detail, run };
}
