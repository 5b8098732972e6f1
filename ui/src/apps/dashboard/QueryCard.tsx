// One card for one question: its five states look alike on every card, and every card can show the command behind it.
import { Bot, CodeXml, History, TriangleAlert } from "lucide-react";
import { use, useState, type ReactNode } from "react";
import { readByModel } from "../../api/modelWords";
import { usePreferences } from "../../api/preferences";
import { EVERY_SECONDS, useReading, type FollowedQuery } from "../../api/readings";
import type { Sample } from "../../api/liveReading";
import type { AnswerOf, Args, Server } from "../../api/types";
import { IconButton } from "../../kit/IconButton";
import { later } from "../../kit/later";
import { Tooltip } from "../../kit/Tooltip";
import { useNow } from "../../kit/useNow";
import { classes } from "../../lib/classes";
import { plural } from "../../lib/numbers";
import { formatClock, formatExact } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import { CardProblem } from "./CardProblem";
import { cardBody, staleness, type Staleness } from "./cardView";
import { ShellContext } from "./shellContext";

const ShowCommand = later(async () => (await import("./ShowCommand")).ShowCommand);

export interface QueryCardProps<Q extends FollowedQuery> {
  server: Server;
  title: string;
  icon: ReactNode;
  query: Q;
  args: Args<Q>;
  /** What the server lacks, in a sentence: "Docker is not installed on this server." */
  lacks: string;
  /** The final layout in grey. */
  skeleton: ReactNode;
  /** Said instead of the content when there is nothing to list; null when there is something. */
  empty?: (answer: AnswerOf<Q>) => ReactNode | null;
  className: string;
  children: (answer: AnswerOf<Q>, samples: readonly Sample[]) => ReactNode;
}

export function QueryCard<Q extends FollowedQuery>(props: QueryCardProps<Q>) {
  const { server, title, icon, query, args, lacks, skeleton, empty, className, children } = props;
  const [isShowingCommand, setIsShowingCommand] = useState(false);
  const live = useReading(server.id, query, args);
  const body = cardBody(live, server.state.status);
  const stale = staleness(live, { connection: server.state.status, nowMs: useNow(1000), everySeconds: EVERY_SECONDS[query] });
  const shell = use(ShellContext);
  const unread = body.kind === "ok" ? body.unread : [];

  return (
    <section
      aria-label={title}
      aria-busy={body.kind === "loading"}
      data-state={stale === null ? body.kind : "stale"}
      className={classes("flex min-w-0 flex-col rounded-card border bg-card", stale === null ? "border-line" : "border-dashed border-warn", className)}
    >
      <header className="flex h-10 shrink-0 items-center gap-2 pr-1.5 pl-3.5">
        <span className="text-ink-faint">{icon}</span>
        <div className="min-w-0 grow">
          <h3 className={classes("truncate font-semibold", stale !== null && "leading-4")}>{title}</h3>
          {stale !== null && <StaleMark stale={stale} />}
        </div>
        {body.kind === "ok" && body.readBy !== null && (
          <Tooltip text={readByModel(body.readBy)}>
            <button
              type="button"
              aria-label={readByModel(body.readBy)}
              onClick={() => setIsShowingCommand(true)}
              className="flex shrink-0 items-center gap-1 rounded-control px-1 text-small text-warn hover:bg-hover max-wide:min-h-11"
            >
              <Bot size={15} strokeWidth={1.75} aria-hidden="true" />
              By a model
            </button>
          </Tooltip>
        )}
        {unread.length > 0 && stale === null && (
          <Tooltip text={`${plural(unread.length, "line")} of the output could not be read: ${visibleText(unread[0]?.text ?? "", 80)}`}>
            <button type="button" aria-label={`${plural(unread.length, "line")} not read`} className="flex shrink-0 items-center gap-1 rounded-control px-1 text-small text-warn">
              <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
              {unread.length} not read
            </button>
          </Tooltip>
        )}
        <IconButton label="Show the command" icon={<CodeXml size={15} strokeWidth={1.75} />} onClick={() => setIsShowingCommand(true)} className="text-ink-faint" />
      </header>
      <div data-stale={stale === null ? undefined : ""} className="flex min-h-0 grow flex-col px-3.5 pb-3">
        {body.kind === "loading" && (
          <>
            {skeleton}
            <span className="sr-only">Loading</span>
          </>
        )}
        {body.kind === "ok" && ((empty?.(body.value) ?? null) === null ? children(body.value, live.samples) : <Empty>{empty?.(body.value)}</Empty>)}
        {body.kind !== "loading" && body.kind !== "ok" && <CardProblem server={server} query={query} args={args} problem={body} lacks={lacks} {...(shell === null ? {} : { onExplore: () => shell.openQuery(server.id, query, args), onAdministrator: () => shell.becomeAdministrator(server.id) })} />}
      </div>
      {isShowingCommand && (
        <ShowCommand server={server} title={title} query={query} args={args} known={live.reading} onClose={() => setIsShowingCommand(false)} />
      )}
    </section>
  );
}

function StaleMark({ stale }: { stale: NonNullable<Staleness> }) {
  const clock24h = usePreferences((preferences) => preferences.clock24h);
  return (
    <p title={`${stale.why}. Last true ${formatExact(stale.since)}`} className="flex items-center gap-1 text-caption leading-3.5 text-warn">
      <History size={12} strokeWidth={2} className="shrink-0" aria-hidden="true" />
      <span className="figures truncate">Stale, as of {formatClock(stale.since, clock24h)}</span>
    </p>
  );
}

function Empty({ children }: { children: ReactNode }) {
  return <div className="flex grow flex-col items-center justify-center gap-1 pb-3 text-center text-ink-faint">{children}</div>;
}
