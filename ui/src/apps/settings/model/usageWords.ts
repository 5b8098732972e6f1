// Amounts of money, tokens and shares as the usage shows them; pure.
import type { ModelCost } from "../../../api/types";
import { formatPercent } from "../../../lib/numbers";
import { formatMilliseconds } from "../../../lib/time";

/** `$1.25`; below a cent with two figures that say something, `$0.0031`; null (no price is known) is `–`. */
export function formatUsd(usd: number | null): string {
  if (usd === null || !Number.isFinite(usd)) return "–";
  if (usd === 0) return "$0";
  if (usd >= 0.01) return `$${usd.toFixed(2)}`;
  return `$${usd.toFixed(Math.min(12, 1 - Math.floor(Math.log10(usd))))}`;
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-GB");
}

/** The figures of a row: a heading and its text. */
export const USAGE_FIGURES: readonly (readonly [string, (row: ModelCost) => string])[] = [
  ["Asked", ({ asked }) => formatCount(asked)],
  ["Understood", ({ understood }) => formatCount(understood)],
  ["From cache", ({ cacheHits, cacheHitRate }) => `${formatCount(cacheHits)} (${formatPercent(cacheHitRate * 100, 0)})`],
  ["Tokens sent", ({ promptTokens }) => formatCount(promptTokens)],
  ["Received", ({ completionTokens }) => formatCount(completionTokens)],
  ["Cost", ({ costUsd }) => formatUsd(costUsd)],
  ["Mean time", ({ meanLatencyMs }) => (meanLatencyMs === null ? "–" : formatMilliseconds(meanLatencyMs))],
  ["Longest", ({ maxLatencyMs }) => (maxLatencyMs === null ? "–" : formatMilliseconds(maxLatencyMs))],
];
