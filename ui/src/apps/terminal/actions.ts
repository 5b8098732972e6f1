// What can be done to terminals, in the order of steps it takes: asking the program, then arranging the tabs.
import { connect } from "../../api/servers";
import { queryClient, SERVERS_KEY } from "../../api/cache";
import { closeTerminal, findTerminal, openTerminal, restartTerminal, terminalProcess } from "../../api/terminals";
import type { Server, Terminal } from "../../api/types";
import { usePreferences } from "../../api/preferences";
import { withFocus, withoutTerminal, withSplit, withTab, type Side } from "./layout";
import { panes } from "./paneSession";
import { changeTabs } from "./tabs";

/** Long enough for a person to answer a question. */
const CONNECT_WAIT_MS = 300_000;

/** A new terminal in a new tab. `like` is the terminal whose folder and size it takes over. */
export async function openTab(server: string, from: { like?: string | null; folder?: string | null } = {}): Promise<Terminal> {
  const terminal = await open(server, from.like ?? null, from.folder ?? null);
  changeTabs(server, (set) => withTab(set, terminal.id));
  return terminal;
}

/** A new terminal beside another one, in the same folder. */
export async function openSplit(server: string, beside: string, side: Side): Promise<void> {
  const terminal = await open(server, beside, null);
  changeTabs(server, (set) => withFocus(withSplit(withTab(set, terminal.id), beside, side, terminal.id), terminal.id));
}

/** What would be ended with these terminals: the programs in front of their shells. */
export async function programsIn(terminals: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    terminals.map(async (id) => {
      if (findTerminal(id)?.state.status !== "running") return null;
      return (await terminalProcess(id).catch(() => null))?.foreground ?? null;
    }),
  );
  return found.filter((name) => name !== null);
}

/** Ends shells and takes their panes away. */
export async function closeTerminals(server: string, terminals: readonly string[]): Promise<void> {
  await Promise.all(
    terminals.map(async (id) => {
      await closeTerminal(id);
      changeTabs(server, (set) => withoutTerminal(set, id));
    }),
  );
}

/** A new shell in a terminal whose own is gone; connects the server first where it must. */
export async function restart(server: string, terminal: string): Promise<void> {
  if (statusOf(server) !== "connected") {
    await connect(server);
    await isConnected(server);
  }
  await restartTerminal(terminal);
}

async function open(server: string, like: string | null, folder: string | null): Promise<Terminal> {
  const term = like === null ? undefined : panes.get(like)?.term;
  const here = folder ?? (like === null ? null : ((await terminalProcess(like).catch(() => null))?.folder ?? null));
  const { shell } = usePreferences.getState().terminal;
  return openTerminal(server, { columns: term?.cols ?? 80, rows: term?.rows ?? 24, folder: here, shell: shell === "" ? null : shell });
}

/** Resolves once the server is connected; rejects when it will not be without help, or takes too long. */
function isConnected(server: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const status = statusOf(server);
      if (status === "connected") end(null);
      if (status === "failed" || status === "disconnected") end("The server could not be connected.");
    };
    const end = (reason: string | null) => {
      stop();
      window.clearTimeout(timer);
      if (reason === null) resolve();
      else reject(new Error(reason));
    };
    const timer = window.setTimeout(() => end("The server did not connect in time."), CONNECT_WAIT_MS);
    const stop = queryClient.getQueryCache().subscribe(look);
    // The state before the call may still be shown for a moment, so only the good one counts at once.
    if (statusOf(server) === "connected") end(null);
  });
}

function statusOf(server: string): Server["state"]["status"] | null {
  return queryClient.getQueryData<Server[]>(SERVERS_KEY)?.find((each) => each.id === server)?.state.status ?? null;
}
