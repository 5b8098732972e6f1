// Fills the app while there is no terminal to show: why, and the next step.
import { SquareTerminal } from "lucide-react";
import { describeError } from "../../api/errors";
import { addressOf } from "../../api/servers";
import type { ErrorBody } from "../../api/types";
import { useConnecting } from "../../api/useConnecting";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ConnectPanel } from "../../kit/ConnectPanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import type { AppProps } from "../manifest";

export interface EmptyStateProps extends AppProps {
  isOpening: boolean;
  /** Why the last one could not be opened. */
  refusal: ErrorBody | null;
  onOpen: () => void;
}

export function EmptyState({ server, shell, isOpening, refusal, onOpen }: EmptyStateProps) {
  const connecting = useConnecting(server);
  if (server.state.status !== "connected") {
    return (
      <ConnectPanel name={server.name} line={addressOf(server)} {...connecting}>
        {server.kind === "ssh" && <Button onClick={() => shell.editServer(server.id)}>Edit server</Button>}
      </ConnectPanel>
    );
  }
  if (isOpening) return <CentrePanel icon={SquareTerminal} title="Opening a terminal" line={addressOf(server)} isLate />;
  return (
    <CentrePanel
      icon={SquareTerminal}
      title={refusal === null ? "No terminal is open" : "The terminal could not be opened"}
      line={addressOf(server)}
      {...(refusal === null ? {} : { content: <ErrorNotice {...describeError(refusal)} isAlert /> })}
    >
      <Button look="primary" onClick={onOpen}>
        {refusal === null ? "Open a terminal" : "Try again"}
      </Button>
    </CentrePanel>
  );
}
