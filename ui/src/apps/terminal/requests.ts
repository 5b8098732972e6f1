// Terminals that others asked for, such as "open a terminal here"; kept until the app of that server takes them.
import { create } from "zustand";

export interface TerminalRequest {
  server: string;
  /** Where the shell starts; null: at home. */
  folder: string | null;
}

export const useRequests = create<{ waiting: readonly TerminalRequest[] }>(() => ({ waiting: [] }));

export function requestTerminal(server: string, folder: string | null): void {
  useRequests.setState(({ waiting }) => ({ waiting: [...waiting, { server, folder }] }));
}

/** Takes the requests for a server; the next call finds none. */
export function takeRequests(server: string): readonly TerminalRequest[] {
  const { waiting } = useRequests.getState();
  const taken = waiting.filter((each) => each.server === server);
  if (taken.length > 0) useRequests.setState({ waiting: waiting.filter((each) => each.server !== server) });
  return taken;
}
