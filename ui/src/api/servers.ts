// The servers and what can be done with them; each call takes over the program's own description of the result.
import { skipToken, useQuery } from "@tanstack/react-query";
import { putServer, putServers, queryClient, SERVERS_KEY } from "./cache";
import { request } from "./client";
import type { Answer, NewServer, Server, ServerChange } from "./types";

export const THIS_COMPUTER = "this-computer";

/** All servers, This computer first; null before the program's first word. */
export function useServers(): Server[] | null {
  const { data } = useQuery<Server[]>({ queryKey: SERVERS_KEY, queryFn: skipToken });
  return data ?? null;
}

/** The same, asked for once. */
export function knownServers(): Server[] {
  return queryClient.getQueryData<Server[]>(SERVERS_KEY) ?? [];
}

/** Whether the program has said which servers there are. */
export function hasServers(): boolean {
  return queryClient.getQueryData<Server[]>(SERVERS_KEY) !== undefined;
}

/** One server by its id, null when there is none. */
export function useServer(id: string): Server | null {
  return useServers()?.find((server) => server.id === id) ?? null;
}

export async function addServer(server: NewServer): Promise<Server> {
  return taken(await request<Server>("POST", "/servers", server));
}

export async function changeServer(id: string, change: Partial<ServerChange>): Promise<Server> {
  return taken(await request<Server>("PATCH", path(id), change));
}

/** Forgets a server; its name confirms it, null for one that is not saved. */
export async function removeServer(id: string, confirm: string | null): Promise<void> {
  await request<undefined>("DELETE", path(id), { confirm });
  putServers(knownServers().filter((server) => server.id !== id));
}

/** Starts to connect; progress and questions come as the server's state. */
export async function connect(id: string): Promise<void> {
  await request<Server>("POST", `${path(id)}/connect`, {});
}

export async function disconnect(id: string): Promise<void> {
  await request<Server>("POST", `${path(id)}/disconnect`, {});
}

/** Answers the question a connecting server asked. A secret goes to the program once and is kept nowhere on the page. */
export async function answerQuestion(id: string, questionId: string, answer: Answer): Promise<void> {
  await request<Server>("POST", `${path(id)}/answers`, { questionId, answer });
}

/** Forgets what the server has in this computer's keychain, and what is in memory. */
export async function forgetSecrets(id: string): Promise<void> {
  await request<undefined>("DELETE", `${path(id)}/secrets`);
}

/** Whether it comes from this computer's SSH configuration, which is only read. */
export function isFromConfig(server: Server): boolean {
  return server.origin !== null && !server.saved;
}

/** `root@web1.example:2222`, with what is left to the SSH configuration left out; or `root on this machine` for This computer. */
export function addressOf(server: Server): string {
  if (server.kind === "local" || server.host === null) return `${server.user} on this machine`;
  const host = server.host.includes(":") ? `[${server.host}]` : server.host;
  const user = server.user === "" ? "" : `${server.user}@`;
  return server.port === null || server.port === 22 ? `${user}${host}` : `${user}${host}:${server.port}`;
}

function taken(server: Server): Server {
  putServer(server);
  return server;
}

function path(id: string): string {
  return `/servers/${encodeURIComponent(id)}`;
}
