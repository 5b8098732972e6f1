// Memory and swap: how much is used of how much, and over five minutes.
import { MemoryStick } from "lucide-react";
import type { Memory, Server } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { Meter } from "../../../kit/Meter";
import { Skeleton } from "../../../kit/Skeleton";
import { formatBytes } from "../../../lib/bytes";
import { formatPercent, percentOf } from "../../../lib/numbers";
import { History, pointsOf } from "../history";
import { QueryCard } from "../QueryCard";

export function MemoryCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="Memory"
      icon={<MemoryStick size={16} strokeWidth={1.75} />}
      query="system.memory"
      args={{}}
      lacks="This server does not tell how its memory is used."
      className={className}
      skeleton={
        <>
          <Skeleton className="h-8 w-24" />
          <Skeleton className="mt-1 h-4 w-44" />
          <Skeleton className="mt-3 h-14 w-full" />
          <Skeleton className="mt-3 h-5 w-full" />
        </>
      }
    >
      {(memory, samples) => (
        <>
          <div className="flex items-start justify-between gap-2">
            <Measured
              name="memory.used-percent"
              value={percentOf(memory.usedBytes, memory.totalBytes)}
              text={formatPercent(percentOf(memory.usedBytes, memory.totalBytes))}
              className="text-figure font-semibold"
            />
            <p className="pt-0.5 text-right text-small leading-4 text-ink-faint">
              <Measured name="memory.used" value={memory.usedBytes} text={formatBytes(memory.usedBytes)} className="text-ink" /> of{" "}
              <Measured name="memory.total" value={memory.totalBytes} text={formatBytes(memory.totalBytes)} />
            </p>
          </div>
          <p className="h-4 truncate text-small leading-4 text-ink-faint">
            <Measured name="memory.available" value={memory.availableBytes} text={formatBytes(memory.availableBytes)} /> available
            {memory.cachedBytes !== null && (
              <>
                {" · "}
                <Measured name="memory.cached" value={memory.cachedBytes} text={formatBytes(memory.cachedBytes)} /> cached
              </>
            )}
          </p>
          <History
            what="Memory, used"
            series={[{ name: "Used", color: "var(--color-series-memory)", points: pointsOf(samples, "used") }]}
            max={100}
            format={(value) => formatPercent(value)}
            className="mt-2 min-h-16 grow"
          />
          <Swap memory={memory} />
        </>
      )}
    </QueryCard>
  );
}

function Swap({ memory }: { memory: Memory }) {
  const percent = percentOf(memory.swapUsedBytes, memory.swapTotalBytes);
  return (
    <div className="mt-3 grid h-4 grid-cols-[auto_1fr_auto] items-center gap-2 text-small">
      <span className="text-ink-soft">Swap</span>
      {memory.swapTotalBytes > 0 ? <Meter label="Swap" percent={percent} className="bg-series-memory" /> : <span />}
      <span className="text-ink-faint">
        {memory.swapTotalBytes > 0 ? (
          <>
            <Measured name="swap.used" value={memory.swapUsedBytes} text={formatBytes(memory.swapUsedBytes)} className="text-ink" /> of{" "}
            <Measured name="swap.total" value={memory.swapTotalBytes} text={formatBytes(memory.swapTotalBytes)} />
          </>
        ) : (
          <Measured name="swap.total" value={0} text="No swap" />
        )}
      </span>
    </div>
  );
}
