// When each event of a recording is shown, with long pauses shortened where that is wanted, and times in words; pure.
import type { CastEvent } from "./asciicast";

/** The time of each event in milliseconds of play; no pause is longer than the limit, null: as it was. */
export function timesOf(events: readonly CastEvent[], idleLimitMs: number | null): Float64Array {
  const times = new Float64Array(events.length);
  let before = 0;
  let shown = 0;
  for (const [index, { atMs }] of events.entries()) {
    const pause = atMs - before;
    shown += idleLimitMs === null ? pause : Math.min(pause, idleLimitMs);
    times[index] = shown;
    before = atMs;
  }
  return times;
}

/** How many events have been shown at a time: those up to and at it. */
export function countAt(times: Float64Array, atMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same moment on another timeline: as far past the event before it as it was, but never past the next. */
export function movedTo(from: Float64Array, to: Float64Array, atMs: number): number {
  const shown = countAt(from, atMs);
  const past = atMs - (shown === 0 ? 0 : (from[shown - 1] ?? 0));
  const start = shown === 0 ? 0 : (to[shown - 1] ?? 0);
  return Math.min(start + past, to[shown] ?? start);
}

/** `83000` -> `1:23`; `3723000` -> `1:02:03`. */
export function formatTimecode(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const two = (part: number) => String(part).padStart(2, "0");
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
