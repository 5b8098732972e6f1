// Files that others asked to edit; kept until the editor of that server takes them.
import { create } from "zustand";

export interface EditRequest {
  server: string;
  path: string;
  /** The line to go to, from 1; null for none. */
  line: number | null;
}

export const useRequests = create<{ waiting: readonly EditRequest[] }>(() => ({ waiting: [] }));

export function requestEdit(server: string, path: string, line: number | null): void {
  useRequests.setState(({ waiting }) => ({ waiting: [...waiting, { server, path, line }] }));
}

/** Takes what waits for a server; the next call finds none. */
export function takeRequests(server: string): readonly EditRequest[] {
  const { waiting } = useRequests.getState();
  const taken = waiting.filter((each) => each.server === server);
  if (taken.length > 0) useRequests.setState({ waiting: waiting.filter((each) => each.server !== server) });
  return taken;
}
