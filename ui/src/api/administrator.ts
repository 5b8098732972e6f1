// Administrator access of a server: switching it, and what is read again when it is another user who asks.
import { useEffect, useRef } from "react";
import { queryClient } from "./cache";
import { request } from "./client";
import { reloadFolders } from "./folders";
import type { AdministratorAnswer, AdministratorSwitch, Server } from "./types";

/** Switches it. A password goes to the program once and is kept nowhere on the page. */
export function switchAdministrator(id: string, to: AdministratorSwitch): Promise<AdministratorAnswer> {
  return request("POST", `/servers/${encodeURIComponent(id)}/administrator`, to);
}

/** Whether commands and files of the server are the user's, though they could be root's. */
export function isLimited(server: Server): boolean {
  return server.state.status === "connected" && server.administrator.status === "limited";
}

/** Reads what is shown of the servers again when administrator access goes on or off. */
export function useRereading(servers: readonly Server[]): void {
  const before = useRef(new Map<string, string>());
  useEffect(() => {
    for (const { id, administrator } of servers) {
      const was = before.current.get(id);
      before.current.set(id, administrator.status);
      if (was === undefined || was === administrator.status) continue;
      reloadFolders(id);
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "reading" && queryKey.includes(id) });
    }
  }, [servers]);
}
