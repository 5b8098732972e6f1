// The TCP ports that the server listens on, each with a button that forwards it.
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { retryReading, useReading } from "../../api/readings";
import type { ErrorBody, Forward, NewForward, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Notice } from "../../kit/Notice";
import { Skeleton } from "../../kit/Skeleton";
import { visibleText } from "../../lib/visibleText";
import { hostAndPort, listeningPorts } from "./listening";

const NO_ARGS = {};

export interface ListeningPortsProps {
  server: Server;
  forwards: readonly Forward[];
  isDisabled: boolean;
  onOpen: (wanted: NewForward) => void;
}

export function ListeningPorts({ server, forwards, isDisabled, onOpen }: ListeningPortsProps) {
  const { reading, error } = useReading(server.id, "network.sockets", NO_ARGS);
  const [failure, setFailure] = useState<ErrorBody | null>(null);
  const retry = () => {
    setFailure(null);
    retryReading(server.id, "network.sockets", NO_ARGS).catch((thrown: unknown) => setFailure(asErrorBody(thrown)));
  };
  const again = (
    <Button icon={<RotateCw size={14} strokeWidth={1.75} />} onClick={retry}>
      Try again
    </Button>
  );
  const outcome = reading?.outcome ?? null;
  if (outcome === null || outcome.status === "failed") {
    const shown = failure ?? (outcome === null ? error : outcome.error);
    if (shown !== null && (outcome !== null || server.state.status === "connected")) return <ErrorNotice {...describeError(shown)}>{again}</ErrorNotice>;
    return (
      <div className="flex flex-col gap-2">
        {["w-72", "w-60", "w-80"].map((width) => (
          <Skeleton key={width} className={`h-6 ${width}`} />
        ))}
      </div>
    );
  }
  if (outcome.status !== "ok") {
    const why = outcome.status === "unsupported" ? `It needs ${outcome.needs.join(" or ")}, which the server does not have.` : visibleText(outcome.detail, 300);
    return (
      <Notice tone="info" title="Its listening ports are not known">
        <p>{why} A port can still be forwarded by its number.</p>
      </Notice>
    );
  }
  const ports = listeningPorts(outcome.value.sockets);
  if (ports.length === 0) return <p className="text-ink-soft">No program listens on a TCP port there.</p>;
  return (
    <ul aria-label="Listening ports" className="divide-y divide-line">
      {ports.map(({ port, host, isPublic, programs }) => {
        const there = hostAndPort(host, port);
        const isForwarded = forwards.some(({ to }) => to.kind === "port" && to.port === port && to.host === host);
        return (
          <li key={there} className="flex items-center gap-3 py-1">
            <span className="figures w-14 shrink-0 text-right font-medium @max-medium:w-11">{port}</span>
            <span className="flex min-w-0 grow items-center gap-x-3 @max-medium:flex-col @max-medium:items-start">
              <bdi className="max-w-full min-w-0 grow truncate text-ink-soft">
                {programs.length === 0 ? <span className="text-ink-faint">program not told</span> : visibleText(programs.join(", "), 120)}
                {host !== "localhost" && <span className="ml-2 font-mono text-mono text-ink-faint">{visibleText(host, 60)}</span>}
              </bdi>
              <span className="shrink-0 text-small text-ink-faint">{isPublic ? "open to others" : "server only"}</span>
            </span>
            <Button disabled={isDisabled || isForwarded} onClick={() => onOpen({ to: { kind: "port", host, port }, localPort: null })} aria-label={isForwarded ? `${visibleText(there, 80)} is forwarded` : `Forward ${visibleText(there, 80)}`} className="w-24 shrink-0">
              {isForwarded ? "Forwarded" : "Forward"}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
