// Percentages and plain numbers as text; null (not known) is always `–`, never 0.

/** `12.34` -> `12.3 %`; whole from 10 up unless `digits` says otherwise. Clamped at 0 below, never above. */
export function formatPercent(percent: number | null, digits?: number): string {
  if (percent === null || !Number.isFinite(percent)) return "–";
  const shown = Math.max(0, percent);
  return `${shown.toFixed(digits ?? (shown >= 9.95 || shown === 0 ? 0 : 1))} %`;
}

/** The share of `part` in `whole`, in percent; null when there is no whole. */
export function percentOf(part: number, whole: number): number | null {
  return whole > 0 && Number.isFinite(part) ? (part / whole) * 100 : null;
}

/** Keeps `value` between `low` and `high`; `low` wins when the two cross. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** `plural(1, "core")` -> `1 core`; `plural(2, "core")` -> `2 cores`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
