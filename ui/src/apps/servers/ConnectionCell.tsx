// How a server's connection stands, and whether it answered when a person asked.
import { LoaderCircle } from "lucide-react";
import { describeConnection } from "../../api/connectionWords";
import { errorTitle } from "../../api/errors";
import type { Reachability, Server } from "../../api/types";
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

export function ConnectionCell({ server, isShort = false }: { server: Server; isShort?: boolean }) {
  const { mark, word } = describeConnection(server.state);
  const reached = useReached((state) => state.results[server.id] ?? null);
  const isChecking = useReached((state) => state.checking.has(server.id));
  const shownWord = server.state.status === "failed" ? errorTitle(server.state.error) : word;
  return (
    <div className="text-small">
      <p className="flex min-w-0 items-center gap-1.5 text-ink-soft" title={server.state.status === "failed" ? visibleText(server.state.error.message, 600) : undefined}>
        <StatusMark mark={mark} />
        <span className={classes("min-w-0 truncate", isShort && "sr-only")}>{shownWord}</span>
      </p>
      {isChecking ? (
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
