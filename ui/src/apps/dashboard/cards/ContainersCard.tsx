// The containers that run.
import { Container as ContainerGlyph } from "lucide-react";
import type { Server } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { ServerText } from "../../../kit/ServerText";
import { visibleText } from "../../../lib/visibleText";
import { QueryCard } from "../QueryCard";
import { ShortList } from "../ShortList";
import { CountLine, RowsSkeleton } from "./CountLine";

export function ContainersCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="Containers"
      icon={<ContainerGlyph size={16} strokeWidth={1.75} />}
      query="docker.containers"
      args={{}}
      lacks="Neither Docker nor Podman is installed on this server."
      className={className}
      empty={({ containers }) =>
        containers.length === 0 ? (
          <p>
            <Measured name="containers.count" value={0} text="No" /> container is running.
          </p>
        ) : null
      }
      skeleton={<RowsSkeleton />}
    >
      {({ containers }) => (
        <>
          <CountLine name="containers.count" count={containers.length} one="running" many="running" />
          <ShortList noun="containers" items={containers} most={3} keyOf={(each) => each.id}>
            {(each) => (
              <div className="flex h-6 items-center gap-2" title={each.ports === null ? undefined : `Ports ${visibleText(each.ports, 400)}`}>
                <ServerText className="shrink-0 font-medium max-w-[50%]">{each.name}</ServerText>
                <ServerText className="min-w-0 grow text-small text-ink-faint">{each.image}</ServerText>
                <ServerText className="shrink-0 text-small text-ink-faint max-w-[35%]">{each.status}</ServerText>
              </div>
            )}
          </ShortList>
        </>
      )}
    </QueryCard>
  );
}
