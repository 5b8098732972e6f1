// How a server's connection stands, and whether it answered when a person asked.
import { LoaderCircle } from "lucide-react";
import { describeConnection } from "../../api/connectionWords";
import { errorTitle } from "../../api/errors";
import type { Reachability, Server } from "../../api/types";
import { Countdown } from "../../kit/Countdown";
import { StatusMark } from "../../kit/StatusMark";
import { classes } from "../../lib/classes";
import { formatExact, formatMilliseconds } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import { useReached } from "./reachability";

const REACH: Record<Reachability["state"], string> = {
  reachable: "Reachable",
  unreachable: "Not reachable",
  notSsh: "Answers, but not as SSH",
  unknown: "Cannot tell",
};

export interface ConnectionCellProps {
  server: Server;
  /** Only the marks are seen. */
  isShort?: boolean;
  /** Tries a lost server at once; left out where the button for that is elsewhere. */
  onRetry?: () => void;
}

export function ConnectionCell({ server, isShort = false, onRetry }: ConnectionCellProps) {
  const { mark, word } = describeConnection(server.state);
  const reached = useReached((state) => state.results[server.id] ?? null);
  const isChecking = useReached((state) => state.checking.has(server.id));
  const shownWord = server.state.status === "failed" ? errorTitle(server.state.error) : word;
  return (
    <div className="text-small">
      <p className="flex min-w-0 items-center gap-1.5 text-ink-soft" title={server.state.status === "failed" ? visibleText(server.state.error.message, 600) : undefined}>
        <StatusMark mark={mark} />
        {server.state.status === "reconnecting" ? (
          <Countdown retryAt={server.state.retryAt} wordsClassName={isShort ? "sr-only" : ""} />
        ) : (
          <span className={classes("min-w-0 truncate", isShort && "sr-only")}>{shownWord}</span>
        )}
      </p>
      {server.state.status === "reconnecting" && onRetry !== undefined ? (
        <button type="button" onClick={onRetry} className="ml-4 rounded-control px-1 text-caption font-medium text-accent-ink hover:underline">
          Reconnect now
        </button>
      ) : isChecking ? (
        <p className="flex items-center gap-1.5 text-ink-faint">
          <LoaderCircle size={12} strokeWidth={2} className="m-px animate-spin" aria-hidden="true" />
          <span className={isShort ? "sr-only" : ""}>Checking</span>
        </p>
      ) : (
        reached !== null && (
          <p className="figures min-w-0 truncate pl-5 text-caption text-ink-faint" title={`${visibleText(reached.detail, 400)} · ${formatExact(reached.checkedAt)}`}>
            <span className={classes(reached.state === "reachable" ? "text-good" : reached.state === "unknown" ? "" : "text-bad", isShort && "sr-only")}>
              {REACH[reached.state]}
              {reached.tookMs !== null && reached.state === "reachable" && ` · ${formatMilliseconds(reached.tookMs)}`}
            </span>
          </p>
        )
      )}
    </div>
  );
}
