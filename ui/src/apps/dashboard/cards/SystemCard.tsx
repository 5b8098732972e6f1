// Who the server is: name, distribution, kernel, machine, and since when it runs.
import { Server as ServerGlyph } from "lucide-react";
import type { Identity, Server } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { ServerText } from "../../../kit/ServerText";
import { Skeleton } from "../../../kit/Skeleton";
import { formatExact, formatSpan } from "../../../lib/time";
import { QueryCard } from "../QueryCard";

export function SystemCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="System"
      icon={<ServerGlyph size={16} strokeWidth={1.75} />}
      query="system.identity"
      args={{}}
      lacks="This server does not tell what it is."
      className={className}
      skeleton={
        <div className="flex flex-col gap-2.5 pt-1">
          {["a", "b", "c", "d", "e"].map((row) => (
            <Skeleton key={row} className="h-4 w-full" />
          ))}
        </div>
      }
    >
      {(identity) => (
        <dl className="flex flex-col">
          {rowsOf(identity).map(([term, text]) => (
            <div key={term} className="grid h-6 grid-cols-[76px_1fr] items-center gap-2">
              <dt className="text-small text-ink-faint">{term}</dt>
              <dd className="flex min-w-0">{text === null ? <span className="text-ink-faint">not known</span> : <ServerText>{text}</ServerText>}</dd>
            </div>
          ))}
          <div className="grid h-6 grid-cols-[76px_1fr] items-center gap-2">
            <dt className="text-small text-ink-faint">Up</dt>
            <dd title={identity.bootedAt === null ? undefined : `Booted ${formatExact(identity.bootedAt)}`}>
              <Measured name="system.uptime" value={identity.uptimeSeconds} text={formatSpan(identity.uptimeSeconds)} />
            </dd>
          </div>
        </dl>
      )}
    </QueryCard>
  );
}

function rowsOf(identity: Identity): [string, string | null][] {
  const machine = [identity.architecture, identity.virtualization].filter((part) => part !== null).join(", ");
  return [
    ["Host name", identity.hostname],
    ["System", identity.distribution],
    ["Kernel", identity.kernel],
    ["Machine", machine === "" ? null : machine],
  ];
}
