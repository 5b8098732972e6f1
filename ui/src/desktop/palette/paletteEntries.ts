// Everything the palette can do: all that the start menu can, and every app on every server.
import { describeConnection } from "../../api/connectionWords";
import { addressOf } from "../../api/servers";
import type { Server } from "../../api/types";
import { APPS } from "../../apps/index";
import { openDialog, openServer } from "../shell";
import { startEntries } from "../startEntries";
import { openApp, openBeside } from "../workspaces";
import type { PaletteEntry } from "./paletteSearch";

/** `opened` are the servers with a workspace; they come first. */
export function paletteEntries(servers: readonly Server[], active: Server, opened: readonly string[]): PaletteEntry[] {
  const isOpen = (server: Server) => opened.includes(server.id);
  const ranked = [...servers.filter(isOpen), ...servers.filter((server) => !isOpen(server))];
  const plain = startEntries(servers, active).filter(({ kind }) => kind !== "server");
  return [
    ...ranked
      .filter((server) => server.id !== active.id)
      .map((server): PaletteEntry => ({
        id: `server-${server.id}`,
        kind: "server",
        title: server.name,
        detail: `${addressOf(server)} · ${describeConnection(server.state).word}`,
        serverId: server.id,
        appId: null,
        isFirst: isOpen(server),
        run: () => openServer(server.id),
      })),
    ...plain.map(({ id, kind, title, detail, run }): PaletteEntry => {
      const isApp = kind === "app";
      return { id, kind, title, detail, run, serverId: isApp ? active.id : null, appId: isApp ? id.slice("app-".length) : null, isFirst: true };
    }),
    ...ranked.filter((server) => server.id !== active.id && server.state.status === "connected").map(detailsOf),
    ...ranked.filter((server) => server.id !== active.id).flatMap((server) => APPS.flatMap((app) => [onServer(server, app), beside(server, app)])),
  ];
}

function detailsOf(server: Server): PaletteEntry {
  return {
    id: `connection-${server.id}`,
    kind: "action",
    title: `Connection details of ${server.name}`,
    detail: addressOf(server),
    serverId: server.id,
    appId: null,
    isFirst: false,
    run: () => openDialog({ kind: "connection", id: server.id }),
  };
}

function onServer(server: Server, app: (typeof APPS)[number]): PaletteEntry {
  return {
    id: `on-${app.id}-${server.id}`,
    kind: "app",
    title: `${app.title} on ${server.name}`,
    detail: addressOf(server),
    serverId: server.id,
    appId: app.id,
    isFirst: false,
    run: () => {
      openServer(server.id);
      openApp(app);
    },
  };
}

function beside(server: Server, app: (typeof APPS)[number]): PaletteEntry {
  return {
    id: `beside-${app.id}-${server.id}`,
    kind: "app",
    title: `${app.title} on ${server.name}, beside`,
    detail: addressOf(server),
    serverId: server.id,
    appId: app.id,
    isFirst: false,
    run: () => openBeside(server.id, app),
  };
}
