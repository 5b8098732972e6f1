// The arithmetic of a chart over time: gaps stay gaps, the top of the axis is a round number; pure.

export interface Point {
  atMs: number;
  value: number;
}

/** Splits a series, oldest first, wherever two points are further apart than `gapMs`. */
export function segments(points: readonly Point[], gapMs: number): Point[][] {
  const parts: Point[][] = [];
  let previous: Point | null = null;
  for (const point of points) {
    const part = parts.at(-1);
    if (part === undefined || previous === null || point.atMs - previous.atMs > gapMs) parts.push([point]);
    else part.push(point);
    previous = point;
  }
  return parts;
}

/** The smallest of 1, 2, 5 times a power of `base` that is not below `value`; `least` when the value is below that. */
export function roundMax(value: number, least: number, base: 10 | 1024 = 10): number {
  if (!Number.isFinite(value) || value <= least) return least;
  const unit = base ** Math.floor(Math.log(value) / Math.log(base));
  const steps = base === 10 ? [1, 2, 5, 10] : [1, 2, 5, 10, 20, 50, 100, 200, 500, 1024];
  return unit * (steps.find((step) => step * unit >= value) ?? base);
}

export interface Frame {
  fromMs: number;
  toMs: number;
  max: number;
}

/** Where a point lies in a frame of 100 by 100, y downwards; a value above the top is drawn at the top. */
export function position(point: Point, frame: Frame): { x: number; y: number } {
  const span = Math.max(1, frame.toMs - frame.fromMs);
  const share = frame.max > 0 ? Math.max(0, Math.min(1, point.value / frame.max)) : 0;
  return { x: ((point.atMs - frame.fromMs) / span) * 100, y: 100 - share * 100 };
}

/** The line through a segment as an SVG path, and the area under it; a lone point becomes a short dash. */
export function paths(segment: readonly Point[], frame: Frame): { line: string; area: string } {
  const at = segment.map((point) => position(point, frame));
  const first = at[0];
  const last = at.at(-1);
  if (first === undefined || last === undefined) return { line: "", area: "" };
  const points = at.length === 1 ? [first, { x: first.x + 0.6, y: first.y }] : at;
  const line = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(2)} ${y.toFixed(2)}`).join("");
  return { line, area: `${line}L${last.x.toFixed(2)} 100L${first.x.toFixed(2)} 100Z` };
}

/** The point nearest to a moment, null when there is none within `withinMs`. */
export function nearest(points: readonly Point[], atMs: number, withinMs: number): Point | null {
  let best: Point | null = null;
  for (const point of points) {
    if (Math.abs(point.atMs - atMs) > withinMs) continue;
    if (best === null || Math.abs(point.atMs - atMs) < Math.abs(best.atMs - atMs)) best = point;
  }
  return best;
}
