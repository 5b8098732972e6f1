// Who is logged in, where from and since when.
import { Users } from "lucide-react";
import type { Server, Session } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { ServerText } from "../../../kit/ServerText";
import { useNow } from "../../../kit/useNow";
import { formatAgo, formatExact } from "../../../lib/time";
import { QueryCard } from "../QueryCard";
import { ShortList } from "../ShortList";
import { CountLine, RowsSkeleton } from "./CountLine";

export function UsersCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="Users"
      icon={<Users size={16} strokeWidth={1.75} />}
      query="accounts.sessions"
      args={{}}
      lacks="This server has no tool that lists logins."
      className={className}
      empty={({ sessions }) =>
        sessions.length === 0 ? (
          <p>
            <Measured name="users.count" value={0} text="Nobody" /> is logged in on a terminal.
          </p>
        ) : null
      }
      skeleton={<RowsSkeleton />}
    >
      {({ sessions }) => (
        <>
          <CountLine name="users.count" count={sessions.length} one="session" many="sessions" />
          <ShortList noun="sessions" items={sessions} most={3} keyOf={(each) => `${each.user} ${each.terminal ?? ""}`}>
            {(each) => <SessionRow each={each} />}
          </ShortList>
        </>
      )}
    </QueryCard>
  );
}

function SessionRow({ each }: { each: Session }) {
  const nowMs = useNow(30_000);
  const where = [each.terminal, each.from].filter((part) => part !== null && part !== "").join(" from ");
  return (
    <div className="flex h-6 items-center gap-2">
      <ServerText className="shrink-0 font-medium max-w-[40%]">{each.user}</ServerText>
      <ServerText className="min-w-0 grow text-small text-ink-faint">{where}</ServerText>
      {each.since !== null && (
        <span title={formatExact(each.since)} className="figures shrink-0 text-small text-ink-faint">
          {formatAgo(each.since, nowMs)}
        </span>
      )}
    </div>
  );
}
