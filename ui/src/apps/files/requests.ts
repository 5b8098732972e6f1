// Folders that others asked to see; kept until the explorer of that server takes them.
import { create } from "zustand";

export interface FolderRequest {
  server: string;
  path: string;
}

export const useRequests = create<{ waiting: readonly FolderRequest[] }>(() => ({ waiting: [] }));

export function requestFolder(server: string, path: string): void {
  useRequests.setState(({ waiting }) => ({ waiting: [...waiting, { server, path }] }));
}

/** Takes the requests for a server; the next call finds none. */
export function takeRequests(server: string): readonly FolderRequest[] {
  const { waiting } = useRequests.getState();
  const taken = waiting.filter((each) => each.server === server);
  if (taken.length > 0) useRequests.setState({ waiting: waiting.filter((each) => each.server !== server) });
  return taken;
}
