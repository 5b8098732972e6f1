// The details of one service, asked when they are opened.
import { useQuery } from "@tanstack/react-query";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { readByModel } from "../../../api/modelWords";
import { askOnce } from "../../../api/readings";
import type { Server, Unit } from "../../../api/types";
import { Dialog } from "../../../kit/Dialog";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Notice } from "../../../kit/Notice";
import { ServerText } from "../../../kit/ServerText";
import { Skeleton } from "../../../kit/Skeleton";
import { formatExact } from "../../../lib/time";
import { visibleText } from "../../../lib/visibleText";
import { cardBody } from "../cardView";
import { CardProblem } from "../CardProblem";

export function UnitDialog({ server, unit, onClose }: { server: Server; unit: string; onClose: () => void }) {
  const args = { unit };
  const { data, error } = useQuery({
    queryKey: ["once", server.id, "services.unit", args],
    queryFn: () => askOnce(server.id, "services.unit", args),
    gcTime: 0,
    staleTime: 0,
  });
  const body = cardBody({ reading: data ?? null, trueAt: null, heardAtMs: null, error: null, samples: [] }, "connected");
  return (
    <Dialog title={visibleText(unit, 120)} lead={`Service on ${server.name}`} isOpen onClose={onClose}>
      {error !== null && <ErrorNotice {...describeError(asErrorBody(error))} isAlert />}
      {error === null && body.kind === "loading" && <Skeleton className="h-40 w-full" />}
      {body.kind === "ok" && body.readBy !== null && (
        <div className="mb-3">
          <Notice tone="warn" title={readByModel(body.readBy)} />
        </div>
      )}
      {body.kind === "ok" && <Details unit={body.value} />}
      {body.kind !== "ok" && body.kind !== "loading" && (
        <CardProblem server={server} query="services.unit" args={args} problem={body} lacks="This server has no service manager that HeadlessOS can ask." />
      )}
    </Dialog>
  );
}

function Details({ unit }: { unit: Unit }) {
  const rows: [string, string | null][] = [
    ["Description", unit.description],
    ["State", `${unit.activeState} (${unit.subState})`],
    ["Result", unit.result],
    ["Since", unit.since === null ? null : formatExact(unit.since)],
    ["Loaded", unit.loadState],
    ["Main process", unit.mainPid === null || unit.mainPid === 0 ? null : String(unit.mainPid)],
    ["Unit file", unit.fragmentPath],
  ];
  return (
    <dl className="rounded-card border border-line">
      {rows.map(([term, text]) => (
        <div key={term} className="grid grid-cols-[110px_1fr] gap-3 border-t border-line px-3 py-1.5 first:border-t-0">
          <dt className="text-ink-faint">{term}</dt>
          <dd className="min-w-0">{text === null ? <span className="text-ink-faint">none</span> : <ServerText wraps isMono={term === "Unit file"}>{text}</ServerText>}</dd>
        </div>
      ))}
    </dl>
  );
}
