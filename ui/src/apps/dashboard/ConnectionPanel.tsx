// Fills the window while there is nothing to show: why the server is not connected, and the next step.
import { addressOf } from "../../api/servers";
import { useConnecting } from "../../api/useConnecting";
import { Button } from "../../kit/Button";
import { ConnectPanel } from "../../kit/ConnectPanel";
import type { AppProps } from "../manifest";

export function ConnectionPanel({ server, shell }: AppProps) {
  return (
    <ConnectPanel name={server.name} line={addressOf(server)} {...useConnecting(server)}>
      {server.kind === "ssh" && <Button onClick={() => shell.editServer(server.id)}>Edit server</Button>}
    </ConnectPanel>
  );
}
