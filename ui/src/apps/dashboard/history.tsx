// The chart of a live value over the last five minutes, the same on every card that has one.
import { usePreferences } from "../../api/preferences";
import { HISTORY_MS, type Sample } from "../../api/liveReading";
import { Chart } from "../../kit/Chart";
import type { Point } from "../../lib/series";
import { formatClock, formatSpan } from "../../lib/time";

/** Samples come every 2 s; three missing ones are a gap. */
const GAP_MS = 8000;
const LEAST_SPAN_MS = 60_000;

export interface HistorySeries {
  name: string;
  color: string;
  points: readonly Point[];
}

/** The points of one figure of the samples; moments at which it was not known are left out. */
export function pointsOf(samples: readonly Sample[], figure: string): Point[] {
  return samples.flatMap(({ atMs, figures }) => {
    const value = figures.get(figure);
    return value === undefined ? [] : [{ atMs, value }];
  });
}

export interface HistoryProps {
  /** What is drawn: "CPU, busy". */
  what: string;
  series: readonly HistorySeries[];
  max: number;
  format: (value: number) => string;
  /** A chart beside words, too small for words of its own. */
  isSmall?: boolean;
  className?: string;
}

export function History({ what, series, max, format, isSmall = false, className = "" }: HistoryProps) {
  const clock24h = usePreferences((preferences) => preferences.clock24h);
  const now = series.map((one) => {
    const newest = one.points.at(-1);
    const value = newest === undefined ? "not known" : format(newest.value);
    return series.length > 1 ? `${one.name} ${value}` : value;
  });
  return (
    <Chart
      label={`${what}, last five minutes; now ${now.join(", ")}`}
      series={series}
      max={max}
      spanMs={HISTORY_MS}
      leastSpanMs={LEAST_SPAN_MS}
      {...(isSmall ? {} : { formatSpan: (seconds: number) => `last ${formatSpan(seconds)}` })}
      gapMs={GAP_MS}
      format={format}
      formatMoment={(atMs) => formatClock(new Date(atMs).toISOString(), clock24h)}
      className={className}
    />
  );
}
