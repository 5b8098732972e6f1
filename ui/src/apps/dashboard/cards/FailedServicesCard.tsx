// The services that failed; each opens its details.
import { ChevronRight, CircleCheck, CircleX, Cog } from "lucide-react";
import { useState } from "react";
import type { Server } from "../../../api/types";
import { later } from "../../../kit/later";
import { Measured } from "../../../kit/Measured";
import { ServerText } from "../../../kit/ServerText";
import { visibleText } from "../../../lib/visibleText";
import { QueryCard } from "../QueryCard";
import { ShortList } from "../ShortList";
import { CountLine, RowsSkeleton } from "./CountLine";

const UnitDialog = later(async () => (await import("./UnitDialog")).UnitDialog);

export function FailedServicesCard({ server, className }: { server: Server; className: string }) {
  const [unit, setUnit] = useState<string | null>(null);
  return (
    <>
      <QueryCard
        server={server}
        title="Failed services"
        icon={<Cog size={16} strokeWidth={1.75} />}
        query="services.failed"
        args={{}}
        lacks="This server has no service manager that HeadlessOS can ask."
        className={className}
        empty={({ units }) =>
          units.length === 0 ? (
            <p className="flex items-center gap-1.5">
              <CircleCheck size={16} strokeWidth={1.75} className="text-good" aria-hidden="true" />
              <span>
                <Measured name="services.failed" value={0} text="No" /> service has failed.
              </span>
            </p>
          ) : null
        }
        skeleton={<RowsSkeleton />}
      >
        {({ units }) => (
          <>
            <CountLine name="services.failed" count={units.length} one="failed" many="failed" />
            <ShortList noun="services" items={units} most={3} keyOf={(each) => each.name}>
              {(each) => (
                <button
                  type="button"
                  onClick={() => setUnit(each.name)}
                  title={each.description === null ? undefined : visibleText(each.description, 400)}
                  className="-mx-1.5 flex h-6 w-[calc(100%+12px)] items-center gap-2 rounded-control px-1.5 text-left hover:bg-hover max-wide:h-11"
                >
                  <CircleX size={14} strokeWidth={2} className="shrink-0 text-bad" aria-hidden="true" />
                  <ServerText className="min-w-0 grow">{each.name}</ServerText>
                  <ServerText className="shrink-0 text-small text-bad" maxChars={24}>
                    {each.state}
                  </ServerText>
                  <ChevronRight size={14} strokeWidth={1.75} className="shrink-0 text-ink-faint" aria-hidden="true" />
                </button>
              )}
            </ShortList>
          </>
        )}
      </QueryCard>
      {unit !== null && (
        <UnitDialog server={server} unit={unit} onClose={() => setUnit(null)} />
      )}
    </>
  );
}
