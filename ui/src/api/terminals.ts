// The terminals of the servers, their recordings and the snippets; sessions belong to the program, so every call only asks it.
import { skipToken, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { dropTerminal, putTerminal, queryClient, TERMINALS_KEY } from "./cache";
import { request } from "./client";
import type { NewTerminal, Recording, Snippet, Terminal, TerminalProcess } from "./types";

const RECORDINGS_KEY = ["recordings"] as const;
const SNIPPETS_KEY = ["snippets"] as const;
const NONE: readonly Terminal[] = [];

/** The terminals of one server in the order of their numbers; none before the program's first word. */
export function useTerminals(server: string): readonly Terminal[] {
  const { data } = useQuery<readonly Terminal[], Error, readonly Terminal[]>({
    queryKey: TERMINALS_KEY,
    queryFn: skipToken,
    structuralSharing: true,
    select: (all) => all.filter((terminal) => terminal.server === server).toSorted((one, other) => one.number - other.number),
  });
  return data ?? NONE;
}

/** Whether the program has said which terminals there are. */
export function useKnowsTerminals(): boolean {
  const { data } = useQuery<readonly Terminal[], Error, boolean>({ queryKey: TERMINALS_KEY, queryFn: skipToken, select: () => true });
  return data ?? false;
}

/** A terminal as last heard of, null when there is none (any more). */
export function findTerminal(id: string): Terminal | null {
  return queryClient.getQueryData<readonly Terminal[]>(TERMINALS_KEY)?.find((terminal) => terminal.id === id) ?? null;
}

/** Opens a shell; the server must be connected. */
export async function openTerminal(server: string, wanted: NewTerminal): Promise<Terminal> {
  return taken(await request<Terminal>("POST", `/servers/${encodeURIComponent(server)}/terminals`, wanted));
}

/** Ends the shell and forgets the terminal. */
export async function closeTerminal(id: string): Promise<void> {
  await request<undefined>("DELETE", path(id));
  dropTerminal(id);
}

/** A new shell in the same terminal, under the lines that are there. */
export async function restartTerminal(id: string): Promise<Terminal> {
  return taken(await request<Terminal>("POST", `${path(id)}/restart`, {}));
}

/** Forgets the lines above the screen, and on it those above the cursor's. */
export async function clearTerminal(id: string): Promise<void> {
  await request<undefined>("POST", `${path(id)}/clear`, {});
}

/** What runs in the terminal, and where. */
export async function terminalProcess(id: string): Promise<TerminalProcess> {
  return request<TerminalProcess>("GET", `${path(id)}/process`);
}

export async function setRecording(id: string, on: boolean): Promise<Terminal> {
  const terminal = taken(await request<Terminal>("POST", `${path(id)}/recording`, { recording: on }));
  void queryClient.invalidateQueries({ queryKey: RECORDINGS_KEY });
  return terminal;
}

/** Where all lines of the terminal are as plain text. */
export function terminalTextUrl(id: string): string {
  return `/api${path(id)}/text`;
}

/** Read anew each time it is shown. */
export function useRecordings(): UseQueryResult<Recording[]> {
  return useQuery({
    queryKey: RECORDINGS_KEY,
    queryFn: async () => (await request<{ recordings: Recording[] }>("GET", "/recordings")).recordings,
    staleTime: 0,
  });
}

export async function deleteRecording(id: string): Promise<void> {
  await request<undefined>("DELETE", `/recordings/${encodeURIComponent(id)}`);
  queryClient.setQueryData<Recording[]>(RECORDINGS_KEY, (known) => known?.filter((recording) => recording.id !== id));
}

/** Where the recording's file is, in the format asciicast 2. */
export function recordingUrl(id: string): string {
  return `/api/recordings/${encodeURIComponent(id)}`;
}

export function useSnippets(): UseQueryResult<Snippet[]> {
  return useQuery({
    queryKey: SNIPPETS_KEY,
    queryFn: async () => (await request<{ snippets: Snippet[] }>("GET", "/snippets")).snippets,
  });
}

/** Replaces all snippets; gives them as the program has kept them. */
export async function saveSnippets(list: readonly Snippet[]): Promise<Snippet[]> {
  const { snippets } = await request<{ snippets: Snippet[] }>("PUT", "/snippets", { snippets: list });
  queryClient.setQueryData<Snippet[]>(SNIPPETS_KEY, snippets);
  return snippets;
}

function taken(terminal: Terminal): Terminal {
  putTerminal(terminal);
  return terminal;
}

function path(id: string): string {
  return `/terminals/${encodeURIComponent(id)}`;
}
