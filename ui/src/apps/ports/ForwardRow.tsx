// One forwarded port: where it is here, where it leads, what went over it, what went wrong last.
import { ArrowDown, ArrowRight, ArrowUp, CircleAlert, ExternalLink, Square } from "lucide-react";
import { describeError } from "../../api/errors";
import type { Forward } from "../../api/types";
import { Button, buttonClasses } from "../../kit/Button";
import { CopyButton } from "../../kit/CopyButton";
import { classes } from "../../lib/classes";
import { formatBytes } from "../../lib/bytes";
import { plural } from "../../lib/numbers";
import { formatAgo, formatExact } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import { hostAndPort, webScheme } from "./listening";

export interface ForwardRowProps {
  forward: Forward;
  nowMs: number;
  isStopping: boolean;
  onStop: () => void;
}

const GLYPH = { size: 13, strokeWidth: 2, "aria-hidden": true } as const;

export function ForwardRow({ forward, nowMs, isStopping, onStop }: ForwardRowProps) {
  const here = hostAndPort(forward.localAddress, forward.localPort);
  const there = forward.to.kind === "port" ? hostAndPort(forward.to.host, forward.to.port) : "anywhere, by SOCKS";
  const scheme = forward.to.kind === "port" ? webScheme(forward.to.port) : null;
  const failure = forward.lastFailure;
  return (
    <li className="rounded-card border border-line bg-card py-2 pr-2 pl-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0 grow basis-80">
          <p className="flex min-w-0 flex-wrap items-center gap-x-2">
            <span className="font-mono text-mono font-medium">{here}</span>
            <ArrowRight {...GLYPH} className="shrink-0 text-ink-faint" />
            <span className="sr-only">leads to</span>
            <bdi className={classes("min-w-0 [overflow-wrap:anywhere]", forward.to.kind === "port" && "font-mono text-mono")}>{visibleText(there, 260)}</bdi>
          </p>
          <p className="figures flex flex-wrap items-center gap-x-3 text-small text-ink-soft">
            <span className="inline-flex items-center gap-1">
              <ArrowUp {...GLYPH} />
              <span className="sr-only">Sent</span>
              {formatBytes(forward.sentBytes)}
            </span>
            <span className="inline-flex items-center gap-1">
              <ArrowDown {...GLYPH} />
              <span className="sr-only">Received</span>
              {formatBytes(forward.receivedBytes)}
            </span>
            <span>
              {forward.openConnections} open of {plural(forward.totalConnections, "connection")}
            </span>
            <span className="text-ink-faint" title={formatExact(forward.openedAt)}>
              opened {formatAgo(forward.openedAt, nowMs)}
            </span>
          </p>
        </div>
        <div className="flex items-center gap-1">
          {scheme !== null && (
            <a href={`${scheme}://${here}/`} target="_blank" rel="noopener noreferrer" className={buttonClasses("plain")} aria-label={`Open in browser: ${here}`}>
              <ExternalLink size={14} strokeWidth={1.75} aria-hidden="true" />
              Open in browser
            </a>
          )}
          <CopyButton label={`Copy the address ${here}`} text={here} />
          <Button look="quiet" icon={<Square size={13} strokeWidth={2} />} isBusy={isStopping} onClick={onStop} aria-label={`Stop ${here}`} className="px-2">
            Stop
          </Button>
        </div>
      </div>
      {failure !== null && (
        <p className="mt-1 flex items-start gap-1.5 text-small text-warn">
          <CircleAlert size={14} strokeWidth={1.75} className="mt-0.5 shrink-0" aria-hidden="true" />
          <span className="min-w-0 [overflow-wrap:anywhere]" title={formatExact(failure.at)}>
            {formatAgo(failure.at, nowMs)}: {visibleText(failure.error.message, 400)}. <span className="text-ink-soft">{visibleText(describeError(failure.error).hint ?? "", 400)}</span>
          </span>
        </p>
      )}
    </li>
  );
}
