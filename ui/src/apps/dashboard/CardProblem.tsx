// Why a card has no value: the server lacks the tool, refuses, has the service stopped, or the question failed.
import { Ban, PackageX, PowerOff, RotateCw } from "lucide-react";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { retryReading } from "../../api/readings";
import type { Args, QueryId, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { visibleText } from "../../lib/visibleText";
import type { CardBody } from "./cardView";

export interface CardProblemProps<Q extends QueryId> {
  server: Server;
  query: Q;
  args: Args<Q>;
  problem: Exclude<CardBody<unknown>, { kind: "loading" } | { kind: "ok" }>;
  lacks: string;
}

const GLYPHS = { unsupported: PackageX, denied: Ban, unavailable: PowerOff } as const;

export function CardProblem<Q extends QueryId>({ server, query, args, problem, lacks }: CardProblemProps<Q>) {
  if (problem.kind === "failed") {
    const { title, message, hint, command } = describeError(problem.error);
    return (
      <div role="alert" className="flex min-h-0 grow flex-col gap-1 overflow-y-auto [overflow-wrap:anywhere]">
        <p className="font-semibold text-bad">{title}</p>
        <p>{visibleText(message, 400)}</p>
        {command !== null && <code className="block text-mono text-ink-soft">{visibleText(command, 400)}</code>}
        {hint !== null && <p className="text-small text-ink-faint">{hint}</p>}
        <div className="pt-1">
          <RetryButton server={server} query={query} args={args} />
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

function RetryButton<Q extends QueryId>({ server, query, args }: Pick<CardProblemProps<Q>, "server" | "query" | "args">) {
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
