// Fills an app or a part of it while its server is not connected: why, when it is tried again, and the next step.
import { MessageCircleQuestion, Plug, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { CentrePanel } from "./CentrePanel";
import { Countdown } from "./Countdown";
import { ErrorNotice, type ErrorNoticeProps } from "./ErrorNotice";

export interface ConnectPanelProps {
  /** The server's. */
  name: string;
  /** What comes with the connection, or where the server is. */
  line: string;
  phase: "connected" | "connecting" | "question" | "reconnecting" | "failed" | "disconnected";
  /** RFC 3339; null: it is not tried by itself. */
  retryAt: string | null;
  error: Omit<ErrorNoticeProps, "children" | "isAlert"> | null;
  isBusy: boolean;
  onConnect: () => void;
  /** Other buttons, where there is a button to connect. */
  children?: ReactNode;
}

export function ConnectPanel({ name, line, phase, retryAt, error, isBusy, onConnect, children }: ConnectPanelProps) {
  if (phase === "question") return <CentrePanel icon={MessageCircleQuestion} title={`${name} asks a question`} line="The connection goes on with your answer." isLate />;
  if (phase === "connecting" || phase === "connected") return <CentrePanel icon={Plug} title={`Connecting to ${name}`} line={line} isLate />;
  const content = error === null ? {} : { content: <ErrorNotice {...error} isAlert /> };
  const button = (words: string) => (
    <Button look="primary" isBusy={isBusy} onClick={onConnect}>
      {words}
    </Button>
  );
  if (retryAt !== null) {
    return (
      <CentrePanel icon={RefreshCw} title={`The connection to ${name} is lost`} line={<Countdown retryAt={retryAt} />} {...content}>
        {button("Reconnect now")}
      </CentrePanel>
    );
  }
  return (
    <CentrePanel icon={Plug} title={`Not connected to ${name}`} line={line} isLate {...content}>
      {children}
      {button(error === null ? "Connect" : "Try again")}
    </CentrePanel>
  );
}
