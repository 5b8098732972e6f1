// What opens when the page has its desktop for the first time; a desktop that comes back after a loss or a lock is as it was left.
import { connect, THIS_COMPUTER } from "../api/servers";
import type { Server } from "../api/types";
import { dashboard } from "../apps/dashboard/manifest";
import { findApp } from "../apps/index";
import { loadLayout } from "./layoutStorage";
import { forgetWorkspace, showWorkspace, useWorkspaces } from "./workspaces";

type Known = Pick<Server, "id" | "state">;

let hasStarted = false;
/** As the page knew them last. */
let before: readonly Known[] = [];

/** Brings back the windows of the last time, or opens This computer's dashboard; This computer connects by itself. Once for each page: another one may have stored its windows since, and a person may have disconnected. */
export function startOnce(servers: readonly Known[], home: Known): void {
  if (hasStarted) return;
  hasStarted = true;
  const layout = loadLayout((id) => findApp(id) !== null);
  if (layout !== null) useWorkspaces.setState({ opened: layout.opened, windows: layout.windows });
  const last = servers.find((server) => server.id === layout?.active) ?? home;
  showWorkspace(last.id, dashboard);
  if (last.id === THIS_COMPUTER && last.state.status === "disconnected") void connect(last.id).catch(() => undefined);
}

/** Forgets the workspaces of servers that were removed since, by whomever, and while there was no desktop too; who was in one comes home. */
export function forgetGone(servers: readonly Known[], home: Known): void {
  const gone = before.filter(({ id }) => !servers.some((server) => server.id === id));
  before = servers;
  for (const { id } of gone) {
    if (useWorkspaces.getState().active === id) showWorkspace(home.id, dashboard);
    forgetWorkspace(id);
  }
}
