// What can be done with chosen servers, and with which of them: each action takes those it fits and leaves the others.
import { connect, disconnect, isFromConfig, THIS_COMPUTER } from "../../api/servers";
import type { Server } from "../../api/types";

export function isIdle({ state }: Server): boolean {
  return state.status === "disconnected" || state.status === "failed";
}

/** Whether its profile is the program's own to change and to remove. */
export function isOwn(server: Server): boolean {
  return server.id !== THIS_COMPUTER && !isFromConfig(server);
}

/** Starts to connect all that are not, and tries those at once that are lost; throws the first failure once all were asked. */
export async function connectAll(servers: readonly Server[]): Promise<void> {
  await settle(servers.filter((server) => isIdle(server) || server.state.status === "reconnecting").map((server) => connect(server.id)));
}

export async function disconnectAll(servers: readonly Server[]): Promise<void> {
  await settle(servers.filter((server) => !isIdle(server)).map((server) => disconnect(server.id)));
}

/** Waits for all of them; throws the first failure. */
export async function settle(all: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(all);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
