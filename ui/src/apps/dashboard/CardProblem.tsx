// Why a card has no value: the server lacks the tool, refuses, has the service stopped, or the question failed.
import { Ban, CircleAlert, PackageX, PowerOff, RotateCw, Shield } from "lucide-react";
import { useState } from "react";
import { isLimited } from "../../api/administrator";
import { describeError } from "../../api/errors";
import { retryReading, type FollowedQuery } from "../../api/readings";
import type { Args, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { visibleText } from "../../lib/visibleText";
import type { CardBody } from "./cardView";

export interface CardProblemProps<Q extends FollowedQuery> {
  server: Server;
  query: Q;
  args: Args<Q>;
  problem: Exclude<CardBody<unknown>, { kind: "loading" } | { kind: "ok" }>;
  lacks: string;
  /** Shows the question in the Query Explorer, where an output that was not understood stands beside what can be done about it. */
  onExplore?: () => void;
  onAdministrator?: () => void;
}

const GLYPHS = { unsupported: PackageX, denied: Ban, unavailable: PowerOff } as const;

export function CardProblem<Q extends FollowedQuery>({ server, query, args, problem, lacks, onExplore, onAdministrator }: CardProblemProps<Q>) {
  if (problem.kind === "failed") {
    const { title, message, hint, command } = describeError(problem.error);
    const isExplorable = problem.error.code === "notUnderstood" && onExplore !== undefined;
    return (
      <div role="alert" className="flex min-w-0 grow flex-col">
        <p className="flex items-center gap-1.5 font-semibold text-bad">
          <CircleAlert size={15} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />
          {title}
        </p>
        <p className="truncate" title={visibleText(message, 1000)}>
          {visibleText(message, 400)}
        </p>
        {command !== null && (
          <code className="block truncate text-mono text-ink-soft" title={visibleText(command, 1000)}>
            {visibleText(command, 400)}
          </code>
        )}
        <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-2">
          <RetryButton server={server} query={query} args={args} />
          {isExplorable && <Button onClick={onExplore}>Open in Query Explorer</Button>}
          {!isExplorable && hint !== null && (
            <p className="line-clamp-2 min-w-0 text-small text-ink-faint" title={visibleText(hint, 1000)}>
              {visibleText(hint, 300)}
            </p>
          )}
        </div>
      </div>
    );
  }
  const Glyph = GLYPHS[problem.kind];
  return (
    <div className="flex grow flex-col items-center justify-center gap-1 pb-2 text-center">
      <Glyph size={20} strokeWidth={1.5} className="mb-1 text-ink-faint" aria-hidden="true" />
      {problem.kind === "unsupported" && (
        <>
          <p className="text-ink-soft">{lacks}</p>
          {problem.needs.length > 0 && (
            <p className="text-small text-ink-faint">
              Needs <span className="font-mono text-caption">{visibleText(problem.needs.slice(0, 6).join(" or "), 200)}</span>
            </p>
          )}
        </>
      )}
      {problem.kind === "denied" && (
        <>
          <p className="text-ink-soft">{server.user} may not see this.</p>
          <p className="line-clamp-2 text-small text-ink-faint [overflow-wrap:anywhere]">{visibleText(problem.detail, 300)}</p>
          {isLimited(server) && onAdministrator !== undefined && (
            <Button icon={<Shield size={14} strokeWidth={1.75} />} className="mt-1.5" onClick={onAdministrator}>
              Turn on administrator access
            </Button>
          )}
        </>
      )}
      {problem.kind === "unavailable" && (
        <>
          <p className="text-ink-soft">The service behind this is not running.</p>
          <p className="line-clamp-2 text-small text-ink-faint [overflow-wrap:anywhere]">{visibleText(problem.detail, 300)}</p>
        </>
      )}
    </div>
  );
}

function RetryButton<Q extends FollowedQuery>({ server, query, args }: Pick<CardProblemProps<Q>, "server" | "query" | "args">) {
  const [isBusy, setIsBusy] = useState(false);
  const retry = async () => {
    setIsBusy(true);
    // A failure of the retry itself leaves the first one on the card.
    await retryReading(server.id, query, args).catch(() => undefined);
    setIsBusy(false);
  };
  return (
    <Button icon={<RotateCw size={14} strokeWidth={1.75} />} isBusy={isBusy} onClick={() => void retry()}>
      Try again
    </Button>
  );
}
