// A small chart over time: numbers on its axis, gaps where nothing was measured, the value and the moment under the pointer.
import { useId, useState, type PointerEvent } from "react";
import { clamp } from "../lib/numbers";
import { nearest, paths, position, segments, type Frame, type Point } from "../lib/series";

export interface ChartSeries {
  name: string;
  /** A colour token, such as `var(--color-series-cpu)`. */
  color: string;
  points: readonly Point[];
}

export interface ChartProps {
  /** What the chart shows, in words, with its newest value. */
  label: string;
  series: readonly ChartSeries[];
  /** The top of the axis. */
  max: number;
  /** How much time the chart shows at most; a young series fills a shorter one, of `leastSpanMs` or more. */
  spanMs: number;
  leastSpanMs: number;
  /** How the span is written over the chart; left out on charts too small for a line of words. */
  formatSpan?: (seconds: number) => string;
  /** Two points further apart than this are not joined. */
  gapMs: number;
  format: (value: number) => string;
  formatMoment: (atMs: number) => string;
  className?: string;
}

export function Chart({ label, series, max, spanMs: mostMs, leastSpanMs, formatSpan, gapMs, format, formatMoment, className }: ChartProps) {
  const gradient = useId();
  const [hoverMs, setHoverMs] = useState<number | null>(null);
  const newestMs = Math.max(0, ...series.map((one) => one.points.at(-1)?.atMs ?? 0));
  const oldestMs = Math.min(newestMs, ...series.map((one) => one.points[0]?.atMs ?? newestMs));
  const spanMs = clamp(newestMs - oldestMs, leastSpanMs, mostMs);
  const frame: Frame = { fromMs: newestMs - spanMs, toMs: newestMs, max };

  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setHoverMs(frame.fromMs + ((event.clientX - box.left) / Math.max(1, box.width)) * spanMs);
  };
  const hovered =
    hoverMs === null ? [] : series.flatMap((one) => ({ one, point: nearest(one.points, hoverMs, gapMs) })).filter(hasPoint);
  const hoveredAt = hovered[0]?.point ?? null;

  return (
    <div role="img" aria-label={label} className={`flex flex-col ${className ?? ""}`}>
      {formatSpan !== undefined && (
        <p className="figures flex h-4.5 shrink-0 justify-between text-caption leading-3.5 text-ink-faint">
          <span>{format(max)}</span>
          <span>{formatSpan(spanMs / 1000)}</span>
        </p>
      )}
      <div className="relative min-h-0 grow" onPointerMove={follow} onPointerLeave={() => setHoverMs(null)}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 size-full overflow-visible" aria-hidden="true">
          <defs>
            {series.map((one, index) => (
              <linearGradient key={one.name} id={`${gradient}${index}`} x1="0" y1="0" x2="0" y2="1">
                <stop stopColor={one.color} stopOpacity="0.28" />
                <stop offset="1" stopColor={one.color} stopOpacity="0.03" />
              </linearGradient>
            ))}
          </defs>
          {[0, 50, 100].map((y) => (
            <line key={y} x1="0" x2="100" y1={y} y2={y} stroke="var(--color-line)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
          ))}
          {series.map((one, index) =>
            segments(one.points.filter((point) => point.atMs >= frame.fromMs), gapMs).map((segment) => {
              const { line, area } = paths(segment, frame);
              return (
                <g key={`${one.name}${segment[0]?.atMs ?? 0}`}>
                  <path d={area} fill={`url(#${gradient}${index})`} />
                  <path d={line} fill="none" stroke={one.color} strokeWidth="1.5" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
                </g>
              );
            }),
          )}
        </svg>
        {formatSpan === undefined && (
          <span className="figures pointer-events-none chart-word absolute top-0.5 left-0 text-caption leading-3.5 text-ink-faint">{format(max)}</span>
        )}
        {hoveredAt !== null && (
          <>
            <span
              className="pointer-events-none absolute top-0 bottom-0 w-px bg-ink-faint"
              style={{ left: `${position(hoveredAt, frame).x}%` }}
            />
            {hovered.map(({ one, point }) => (
              <span
                key={one.name}
                className="pointer-events-none absolute -mt-1 -ml-1 size-2 rounded-full border-2 border-card"
                style={{ left: `${position(point, frame).x}%`, top: `${position(point, frame).y}%`, background: one.color }}
              />
            ))}
            <div
              className="figures pointer-events-none absolute bottom-full z-10 mb-1 rounded-control bg-tooltip px-2 py-1 text-caption whitespace-nowrap text-on-tooltip"
              style={position(hoveredAt, frame).x > 50 ? { right: `${100 - position(hoveredAt, frame).x}%` } : { left: `${position(hoveredAt, frame).x}%` }}
            >
              {hovered.map(({ one, point }) => (
                <div key={one.name}>
                  {series.length > 1 && `${one.name} `}
                  {format(point.value)}
                </div>
              ))}
              <div className="opacity-80">{formatMoment(hoveredAt.atMs)}</div>
            </div>
          </>
        )}
      </div>
    </div>
  );
}

function hasPoint(entry: { one: ChartSeries; point: Point | null }): entry is { one: ChartSeries; point: Point } {
  return entry.point !== null;
}
