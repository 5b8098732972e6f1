// The browsers that are let in, each with its end; and an address for another one.
import { Lock, Monitor } from "lucide-react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { endOtherSessions, endSession, useSessions } from "../../../api/sessions";
import type { BrowserSession } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Skeleton } from "../../../kit/Skeleton";
import { useNow } from "../../../kit/useNow";
import { formatAgo, formatExact } from "../../../lib/time";
import { Part } from "../Part";
import { useSaving } from "../useSaving";
import { AnotherBrowser } from "./AnotherBrowser";

export function SessionsPart() {
  const { data: sessions, error, refetch } = useSessions();
  const saving = useSaving();
  const others = sessions?.filter(({ isCurrent }) => !isCurrent).length ?? 0;
  return (
    <Part title="Sessions" lead="Each browser that was let in since HeadlessOS was started. A session that is ended sees and does nothing more, at once.">
      {sessions === undefined && error === null && <Skeleton className="h-12 w-full" />}
      {sessions === undefined && error !== null && (
        <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
          <Button onClick={() => void refetch()}>Try again</Button>
        </ErrorNotice>
      )}
      {sessions !== undefined && (
        <ul aria-label="Sessions" className="flex flex-col rounded-card border border-line bg-card">
          {sessions.map((session) => (
            <Row key={session.id} session={session} isBusy={saving.isBusy} onEnd={() => void saving.run(() => endSession(session.id))} />
          ))}
        </ul>
      )}
      <AnotherBrowser />
      {others > 1 && (
        <div>
          <Button isBusy={saving.isBusy} onClick={() => void saving.run(endOtherSessions)}>
            End all others
          </Button>
        </div>
      )}
      {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
    </Part>
  );
}

function Row({ session, isBusy, onEnd }: { session: BrowserSession; isBusy: boolean; onEnd: () => void }) {
  const nowMs = useNow(1000);
  const name = session.browser ?? "Unknown browser";
  const Glyph = session.isLocked ? Lock : Monitor;
  return (
    <li className="flex min-h-13 items-center gap-3 border-t border-line px-3 py-2 first:border-t-0">
      <Glyph size={18} strokeWidth={1.75} className="shrink-0 text-ink-faint" aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{name}</span>
          {session.isCurrent && <span className="text-small text-ink-soft">This one</span>}
          {session.isLocked && <span className="text-small text-ink-soft">Locked</span>}
        </p>
        <p className="text-small text-ink-faint">
          Let in <time dateTime={session.openedAt} title={formatExact(session.openedAt)}>{formatAgo(session.openedAt, nowMs)}</time>
          {!session.isCurrent && (
            <>
              , used <time dateTime={session.usedAt} title={formatExact(session.usedAt)}>{formatAgo(session.usedAt, nowMs)}</time>
            </>
          )}
        </p>
      </div>
      {!session.isCurrent && (
        <Button isBusy={isBusy} onClick={onEnd} aria-label={`End the session of ${name}`}>
          End
        </Button>
      )}
    </li>
  );
}
