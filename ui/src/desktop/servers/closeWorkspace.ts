// Closes a server's workspace with all its windows; each app may ask about what is not saved, and then the workspace stays. The connection stays too.
import { THIS_COMPUTER } from "../../api/servers";
import { requestClose } from "../closing";
import { showServer } from "../shell";
import { forgetWorkspace, neighbour, useWorkspaces, windowsOf } from "../workspaces";

export function closeWorkspace(server: string): void {
  const before = useWorkspaces.getState().active;
  const own = windowsOf(useWorkspaces.getState(), server);
  // What asks must be seen.
  if (before !== server && own.length > 0) showServer(server);
  for (const window of own) requestClose(window);
  if (windowsOf(useWorkspaces.getState(), server).length > 0) return;
  const state = useWorkspaces.getState();
  if (state.active === server) showServer(before === server ? (neighbour(state, true) ?? THIS_COMPUTER) : before);
  // This computer is where one comes back to; without another workspace it stays open.
  if (useWorkspaces.getState().active !== server) forgetWorkspace(server);
}
