// What comes in and goes out, for each network interface; the busy ones first, the loopback last.
import { ArrowDown, ArrowUp, Network } from "lucide-react";
import { useMemo } from "react";
import type { Sample } from "../../../api/liveReading";
import type { NetworkInterface, NetworkRates, Server } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { ServerText } from "../../../kit/ServerText";
import { Skeleton } from "../../../kit/Skeleton";
import { formatBytes, formatRate } from "../../../lib/bytes";
import { roundMax } from "../../../lib/series";
import { visibleText } from "../../../lib/visibleText";
import { History, pointsOf } from "../history";
import { QueryCard } from "../QueryCard";
import { ShortList } from "../ShortList";

const MOST_ROWS = 4;
const LEAST_SCALE_BYTES = 1024;

export function NetworkCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="Network"
      icon={<Network size={16} strokeWidth={1.75} />}
      query="network.rates"
      args={{}}
      lacks="This server does not tell its network counters."
      className={className}
      empty={(rates) => (rates.interfaces.length === 0 ? "This server has no network interface." : null)}
      skeleton={
        <div className="flex flex-col gap-3">
          <Skeleton className="h-9 w-full" />
          <Skeleton className="h-9 w-full" />
        </div>
      }
    >
      {(rates, samples) => <Interfaces rates={rates} samples={samples} />}
    </QueryCard>
  );
}

function Interfaces({ rates, samples }: { rates: NetworkRates; samples: readonly Sample[] }) {
  const items = useMemo(() => rates.interfaces.toSorted(byTraffic), [rates]);
  return (
    <ShortList noun="interfaces" items={items} most={MOST_ROWS} keyOf={(each) => each.name}>
      {(each) => <InterfaceRow each={each} samples={samples} />}
    </ShortList>
  );
}

function InterfaceRow({ each, samples }: { each: NetworkInterface; samples: readonly Sample[] }) {
  const receive = pointsOf(samples, `in ${each.name}`);
  const send = pointsOf(samples, `out ${each.name}`);
  const top = Math.max(0, ...receive.map((point) => point.value), ...send.map((point) => point.value));
  const totals = `Since boot: ${formatBytes(each.rxBytes)} received, ${formatBytes(each.txBytes)} sent; errors ${each.rxErrors} in, ${each.txErrors} out`;
  return (
    <div title={totals} className="grid h-10.5 grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)_96px] items-center gap-3">
      <div className="min-w-0">
        <ServerText className="font-medium" maxChars={32}>
          {each.name}
        </ServerText>
        <span className="figures block truncate text-small leading-4 text-ink-faint">{formatBytes(each.rxBytes + each.txBytes)} total</span>
      </div>
      <History
        what={`Network, ${visibleText(each.name, 32)}`}
        series={[
          { name: "In", color: "var(--color-series-receive)", points: receive },
          { name: "Out", color: "var(--color-series-send)", points: send },
        ]}
        max={roundMax(top, LEAST_SCALE_BYTES, 1024)}
        format={formatRate}
        isSmall
        className="h-8"
      />
      <div className="text-right text-small leading-4">
        <Rate name={`network.${each.name}.rx`} value={each.rxBytesPerSecond} word="received" glyph={<ArrowDown size={12} className="text-series-receive" aria-hidden="true" />} />
        <Rate name={`network.${each.name}.tx`} value={each.txBytesPerSecond} word="sent" glyph={<ArrowUp size={12} className="text-series-send" aria-hidden="true" />} />
      </div>
    </div>
  );
}

function Rate({ name, value, word, glyph }: { name: string; value: number | null; word: string; glyph: React.ReactNode }) {
  return (
    <p className="flex items-center justify-end gap-1">
      {glyph}
      <Measured name={name} value={value} text={formatRate(value)} />
      <span className="sr-only">{word}</span>
    </p>
  );
}

function byTraffic(one: NetworkInterface, other: NetworkInterface): number {
  const loopback = Number(one.name === "lo") - Number(other.name === "lo");
  return loopback || other.rxBytes + other.txBytes - (one.rxBytes + one.txBytes) || one.name.localeCompare(other.name, "en");
}
