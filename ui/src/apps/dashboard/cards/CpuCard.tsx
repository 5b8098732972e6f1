// How busy the processors are: together, over five minutes, and each on its own.
import { Cpu as CpuGlyph } from "lucide-react";
import type { Core, Cpu, Server } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { Meter } from "../../../kit/Meter";
import { Popover } from "../../../kit/Popover";
import { Skeleton } from "../../../kit/Skeleton";
import { clamp, formatPercent, plural } from "../../../lib/numbers";
import { History, pointsOf } from "../history";
import { QueryCard } from "../QueryCard";

const MOST_BARS = 32;
const MOST_CORES = 512;

export function CpuCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="CPU"
      icon={<CpuGlyph size={16} strokeWidth={1.75} />}
      query="system.cpu"
      args={{}}
      lacks="This server does not tell how busy its processors are."
      className={className}
      skeleton={
        <>
          <Skeleton className="h-8 w-24" />
          <Skeleton className="mt-1 h-4 w-40" />
          <Skeleton className="mt-3 h-22 w-full" />
        </>
      }
    >
      {(cpu, samples) => (
        <>
          <div className="flex items-start justify-between gap-2">
            <Measured name="cpu.busy" value={cpu.total.busyPercent} text={formatPercent(cpu.total.busyPercent)} className="text-figure font-semibold" />
            <Cores cpu={cpu} />
          </div>
          <Split cpu={cpu} />
          <History
            what="CPU, busy"
            series={[{ name: "Busy", color: "var(--color-series-cpu)", points: pointsOf(samples, "busy") }]}
            max={100}
            format={(value) => formatPercent(value)}
            className="mt-2 min-h-22 grow"
          />
        </>
      )}
    </QueryCard>
  );
}

function Split({ cpu: { total } }: { cpu: Cpu }) {
  const parts: [string, number | null][] = [
    ["user", total.userPercent],
    ["system", total.systemPercent],
    ["I/O wait", total.iowaitPercent],
    ["stolen", total.stealPercent !== null && total.stealPercent >= 0.05 ? total.stealPercent : null],
  ];
  return (
    <p className="figures h-4 truncate text-small leading-4 text-ink-faint">
      {parts
        .filter(([name, percent]) => name !== "stolen" || percent !== null)
        .map(([name, percent]) => `${name} ${formatPercent(percent)}`)
        .join(" · ")}
    </p>
  );
}

function Cores({ cpu }: { cpu: Cpu }) {
  const cores = cpu.cores.slice(0, MOST_CORES);
  if (cores.length === 0) return null;
  return (
    <Popover
      label="Each core"
      opensOnHover
      align="end"
      className="max-h-80 w-72 overflow-y-auto p-3"
      trigger={
        <button type="button" className="flex h-8 items-center gap-2 rounded-control px-2 text-small text-ink-soft hover:bg-hover max-wide:h-11">
          <span aria-hidden="true" className="flex h-4 items-end gap-px">
            {cores.slice(0, MOST_BARS).map((core) => (
              <span key={core.core} className="relative h-full w-1 overflow-hidden rounded-[1px] bg-track">
                <span
                  className="absolute inset-0 origin-bottom bg-series-cpu"
                  style={{ transform: `scaleY(${clamp((core.busyPercent ?? 0) / 100, 0, 1)})` }}
                />
              </span>
            ))}
          </span>
          {plural(cpu.cores.length, "core")}
        </button>
      }
    >
      <ul className="flex flex-col gap-1.5">
        {cores.map((core) => (
          <CoreRow key={core.core} core={core} />
        ))}
      </ul>
    </Popover>
  );
}

function CoreRow({ core }: { core: Core }) {
  const detail = `user ${formatPercent(core.userPercent)}, system ${formatPercent(core.systemPercent)}, I/O wait ${formatPercent(core.iowaitPercent)}`;
  return (
    <li title={detail} className="grid grid-cols-[56px_1fr_48px] items-center gap-2 text-small">
      <span className="figures text-ink-soft">Core {core.core}</span>
      <Meter label={`Core ${core.core}`} percent={core.busyPercent} className="bg-series-cpu" />
      <Measured name={`cpu.core.${core.core}`} value={core.busyPercent} text={formatPercent(core.busyPercent)} className="text-right" />
    </li>
  );
}
