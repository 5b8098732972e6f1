// Fills the app while there is no terminal to show: why, and the next step.
import { MessageCircleQuestion, Plug, RefreshCw, SquareTerminal } from "lucide-react";
import { useState, type ReactNode } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { addressOf, connect } from "../../api/servers";
import type { ErrorBody } from "../../api/types";
import { Button } from "../../kit/Button";
import { Countdown } from "../../kit/Countdown";
import { ErrorNotice } from "../../kit/ErrorNotice";
import type { AppProps } from "../manifest";

export interface EmptyStateProps extends AppProps {
  isOpening: boolean;
  /** Why the last one could not be opened. */
  refusal: ErrorBody | null;
  onOpen: () => void;
}

export function EmptyState({ server, shell, isOpening, refusal, onOpen }: EmptyStateProps) {
  const { state } = server;
  const [isBusy, setIsBusy] = useState(false);
  const [connectRefusal, setConnectRefusal] = useState<ErrorBody | null>(null);
  const start = async () => {
    setIsBusy(true);
    setConnectRefusal(null);
    await connect(server.id).catch((thrown: unknown) => setConnectRefusal(asErrorBody(thrown)));
    setIsBusy(false);
  };

  switch (state.status) {
    case "connected":
      if (isOpening) return <Panel icon={SquareTerminal} title="Opening a terminal" line={addressOf(server)} isLate />;
      return (
        <Panel icon={SquareTerminal} title={refusal === null ? "No terminal is open" : "The terminal could not be opened"} line={addressOf(server)} error={refusal}>
          <Button look="primary" onClick={onOpen}>
            {refusal === null ? "Open a terminal" : "Try again"}
          </Button>
        </Panel>
      );
    case "connecting":
      return <Panel icon={Plug} title={`Connecting to ${server.name}`} line={addressOf(server)} isLate />;
    case "question":
      return <Panel icon={MessageCircleQuestion} title={`${server.name} asks a question`} line="The connection goes on with your answer." />;
    case "reconnecting":
      return (
        <Panel icon={RefreshCw} title={`Reconnecting to ${server.name}`} line={<Countdown retryAt={state.retryAt} />} error={state.error}>
          <Button look="primary" isBusy={isBusy} onClick={() => void start()}>
            Connect now
          </Button>
        </Panel>
      );
    case "failed":
    case "disconnected": {
      const error = connectRefusal ?? (state.status === "failed" ? state.error : null);
      return (
        <Panel icon={Plug} title={`Not connected to ${server.name}`} line={addressOf(server)} error={error}>
          {server.kind === "ssh" && <Button onClick={() => shell.editServer(server.id)}>Edit server</Button>}
          <Button look="primary" isBusy={isBusy} onClick={() => void start()}>
            {error === null ? "Connect" : "Try again"}
          </Button>
        </Panel>
      );
    }
  }
}

interface PanelProps {
  icon: typeof Plug;
  title: string;
  line: ReactNode;
  error?: ErrorBody | null;
  /** For states that usually pass before they are worth a look. */
  isLate?: boolean;
  children?: ReactNode;
}

function Panel({ icon: Glyph, title, line, error = null, isLate = false, children }: PanelProps) {
  return (
    <div className={`grid h-full place-items-center overflow-y-auto p-6 ${isLate ? "animate-late" : "animate-fade"}`}>
      <div className="flex w-full max-w-105 flex-col items-center gap-1 text-center">
        <Glyph size={32} strokeWidth={1.25} className="mb-2 text-ink-faint" aria-hidden="true" />
        <h3 className="text-title font-semibold">{title}</h3>
        <p className="text-ink-soft">{line}</p>
        {error !== null && (
          <div className="mt-4 w-full text-left">
            <ErrorNotice {...describeError(error)} isAlert />
          </div>
        )}
        {children !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{children}</div>}
      </div>
    </div>
  );
}
