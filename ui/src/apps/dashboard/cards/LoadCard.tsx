// The load averages, what is running, and for how long the server has been up.
import { Activity } from "lucide-react";
import type { Server } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { Skeleton } from "../../../kit/Skeleton";
import { roundMax } from "../../../lib/series";
import { formatSpan } from "../../../lib/time";
import { History, pointsOf } from "../history";
import { QueryCard } from "../QueryCard";

export function LoadCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="Load"
      icon={<Activity size={16} strokeWidth={1.75} />}
      query="system.load"
      args={{}}
      lacks="This server does not tell its load."
      className={className}
      skeleton={
        <>
          <Skeleton className="h-8 w-40" />
          <Skeleton className="mt-1 h-4 w-32" />
          <Skeleton className="mt-3 h-22 w-full" />
        </>
      }
    >
      {(load, samples) => {
        const points = pointsOf(samples, "one");
        return (
          <>
            <div className="flex items-end gap-4">
              <Average name="load.one" span="1 min" value={load.one} className="text-figure font-semibold" />
              <Average name="load.five" span="5 min" value={load.five} className="text-title font-medium" />
              <Average name="load.fifteen" span="15 min" value={load.fifteen} className="text-title font-medium" />
            </div>
            <History
              what="Load, one minute average"
              series={[{ name: "Load", color: "var(--color-series-load)", points }]}
              max={roundMax(Math.max(0, ...points.map((point) => point.value)), 1)}
              format={(value) => value.toFixed(2)}
              className="mt-2 min-h-16 grow"
            />
            <p className="mt-2 flex h-4 justify-between gap-2 text-small leading-4 text-ink-faint">
              {load.processes === null ? (
                <span />
              ) : (
                <span className="truncate">
                  <Measured name="load.processes" value={load.processes} text={String(load.processes)} /> tasks
                  {load.runnable !== null && (
                    <>
                      , <Measured name="load.runnable" value={load.runnable} text={String(load.runnable)} /> runnable
                    </>
                  )}
                </span>
              )}
              {load.uptimeSeconds !== null && (
                <span className="shrink-0">
                  up <Measured name="uptime" value={load.uptimeSeconds} text={formatSpan(load.uptimeSeconds)} />
                </span>
              )}
            </p>
          </>
        );
      }}
    </QueryCard>
  );
}

function Average({ name, span, value, className }: { name: string; span: string; value: number; className: string }) {
  return (
    <p className="min-w-0">
      <Measured name={name} value={value} text={value.toFixed(2)} className={`block ${className}`} />
      <span className="block text-small leading-4 text-ink-faint">{span}</span>
    </p>
  );
}
