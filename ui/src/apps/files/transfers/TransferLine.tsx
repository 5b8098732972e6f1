// One transfer: what it does, how far it is, what can be done about it, a question it asks, and every failure by its name.
import { Pause, Play, RotateCcw, X } from "lucide-react";
import type { ReactNode } from "react";
import type { PathFailure, TransferPriority } from "../../../api/fileTypes";
import { errorTitle } from "../../../api/errors";
import { IconButton } from "../../../kit/IconButton";
import { ProgressBar } from "../../../kit/ProgressBar";
import { StatusMark, type Mark } from "../../../kit/StatusMark";
import { visibleText } from "../../../lib/visibleText";
import { PriorityMenu } from "./PriorityMenu";

const ICON = { size: 14, strokeWidth: 1.75 };

export type TransferState = "queued" | "waiting" | "checking" | "running" | "paused" | "interrupted" | "asking" | "done" | "failed" | "cancelled" | "offline";

const STATES: Record<TransferState, { mark: Mark; word: string; tone: "accent" | "good" | "bad" | "idle" }> = {
  queued: { mark: "idle", word: "Waiting for its turn", tone: "idle" },
  waiting: { mark: "idle", word: "Waiting for the connection", tone: "idle" },
  checking: { mark: "busy", word: "Looking at what is there", tone: "accent" },
  running: { mark: "busy", word: "", tone: "accent" },
  paused: { mark: "idle", word: "Paused", tone: "idle" },
  interrupted: { mark: "ask", word: "HeadlessOS was closed meanwhile", tone: "idle" },
  asking: { mark: "ask", word: "Needs an answer", tone: "idle" },
  done: { mark: "good", word: "Done", tone: "good" },
  failed: { mark: "bad", word: "Not all of it worked", tone: "bad" },
  cancelled: { mark: "idle", word: "Cancelled", tone: "idle" },
  offline: { mark: "warn", word: "Waiting for the connection", tone: "idle" },
};

export interface TransferLineProps {
  title: string;
  state: TransferState;
  share: number | null;
  words: string;
  current: string | null;
  failures: readonly PathFailure[];
  failureCount: number;
  priority?: TransferPriority;
  onPriority?: (priority: TransferPriority) => void;
  onPause?: () => void;
  onResume?: () => void;
  onRetry?: () => void;
  onCancel?: () => void;
  /** Takes an ended one off the list. */
  onForget?: () => void;
  children?: ReactNode;
}

export function TransferLine(props: TransferLineProps) {
  const { title, state, share, words, current, failures, failureCount, children } = props;
  const { mark, word, tone } = STATES[state];
  const isOver = state === "done" || state === "failed" || state === "cancelled";
  const action = (label: string, icon: ReactNode, run: (() => void) | undefined) => run !== undefined && <IconButton label={`${label}: ${title}`} icon={icon} onClick={run} className="wide:size-6" />;
  return (
    <li className="px-3 py-2">
      <div className="flex items-center gap-2">
        <StatusMark mark={mark} />
        <p className="min-w-0 grow truncate font-medium" title={title}>
          {title}
        </p>
        {props.onPriority !== undefined && <PriorityMenu title={title} priority={props.priority ?? "normal"} onChange={props.onPriority} />}
        {action("Pause", <Pause {...ICON} />, props.onPause)}
        {action("Go on", <Play {...ICON} />, props.onResume)}
        {action("Try again", <RotateCcw {...ICON} />, props.onRetry)}
        {action("Cancel", <X {...ICON} />, props.onCancel)}
        {action("Take off the list", <X {...ICON} />, props.onForget)}
      </div>
      {!isOver && (
        <div className="my-1">
          <ProgressBar label={title} done={share} tone={tone} />
        </div>
      )}
      <p className="figures flex gap-2 truncate text-small text-ink-soft">
        {word !== "" && <span className="shrink-0">{failureCount > 0 && state === "failed" ? `${failureCount.toLocaleString("en-GB")} failed` : word}</span>}
        <span className="truncate">{words}</span>
        {current !== null && state === "running" && <bdi className="min-w-0 truncate text-ink-faint">{visibleText(current, 200)}</bdi>}
      </p>
      {children}
      {failures.length > 0 && (
        <details className="mt-1 text-small">
          <summary className="rounded-control text-bad">{failureCount === 1 ? "1 could not be done" : `${failureCount.toLocaleString("en-GB")} could not be done`}</summary>
          <ul className="mt-1 max-h-32 overflow-y-auto" tabIndex={0} aria-label="Failures">
            {failures.map(({ path, error }) => (
              <li key={path} className="py-0.5 [overflow-wrap:anywhere]">
                <bdi className="font-medium">{visibleText(path, 300)}</bdi>
                <span className="text-ink-soft">
                  {" "}
                  {errorTitle(error)}: {visibleText(error.message, 300)}
                </span>
              </li>
            ))}
            {failureCount > failures.length && <li className="py-0.5 text-ink-faint">{(failureCount - failures.length).toLocaleString("en-GB")} more</li>}
          </ul>
        </details>
      )}
    </li>
  );
}
