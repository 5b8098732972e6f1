// What the page knows about one question: the last reading, when it was last known to be true, and the samples for its chart; pure, the clock is an argument.
import { figuresOf, type Figures } from "./charted";
import type { ErrorBody, Reading } from "./types";

/** What was measured at one moment, as far as a chart shows it. */
export interface Sample {
  atMs: number;
  figures: Figures;
}

export interface LiveReading<T> {
  /** The last answer, null before the first. */
  reading: Reading<T> | null;
  /** The newest moment at which the value was true, by the program's clock. */
  trueAt: string | null;
  /** When anything good last arrived, by the page's own clock; for noticing silence. */
  heardAtMs: number | null;
  /** Why the value is no longer kept up to date, null while it is. */
  error: ErrorBody | null;
  /** The figures of the last five minutes, oldest first; kept for live questions only. */
  samples: Sample[];
}

export const HISTORY_MS = 5 * 60_000;
const MAX_SAMPLES = 400;

export const NOTHING_YET: LiveReading<never> = { reading: null, trueAt: null, heardAtMs: null, error: null, samples: [] };

/** A new answer arrived. */
export function withReading<T>(before: LiveReading<T>, reading: Reading<T>, nowMs: number, keepsSamples: boolean): LiveReading<T> {
  const samples = keepsSamples ? withSample(before.samples, reading, reading.takenAt) : [];
  return { reading, trueAt: reading.takenAt, heardAtMs: nowMs, error: null, samples };
}

/** The server was asked again and gave the same bytes: the value is still true at `takenAt`. */
export function withCheck<T>(before: LiveReading<T>, takenAt: string, nowMs: number, keepsSamples: boolean): LiveReading<T> {
  const samples = keepsSamples ? withSample(before.samples, before.reading, takenAt) : [];
  return { ...before, trueAt: takenAt, heardAtMs: nowMs, error: null, samples };
}

/** The question cannot be answered at the moment; the last value stays and is stale from now on. */
export function withError<T>(before: LiveReading<T>, error: ErrorBody): LiveReading<T> {
  return { ...before, error };
}

function withSample(samples: Sample[], reading: Reading<unknown> | null, takenAt: string): Sample[] {
  const atMs = Date.parse(takenAt);
  const newest = samples.at(-1);
  const figures = reading === null ? null : figuresOf(reading);
  if (figures === null || Number.isNaN(atMs)) return samples;
  if (newest !== undefined && atMs <= newest.atMs) return samples;
  const kept = samples.filter((sample) => sample.atMs >= atMs - HISTORY_MS).slice(-MAX_SAMPLES);
  return [...kept, { atMs, figures }];
}
