// Instead of an answer while the server is not connected.
import type { Server } from "../../api/types";
import { useConnecting } from "../../api/useConnecting";
import { ConnectPanel } from "../../kit/ConnectPanel";

export function NotConnected({ server }: { server: Server }) {
  return <ConnectPanel name={server.name} line="It can be asked once it is connected." {...useConnecting(server)} />;
}
