// Spans and moments as text; pure: the moment "now" is always an argument.

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment in British words; the formats are kept, since making one takes longer than drawing a row. */
export function formatMoment(date: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", options);
    formats.set(key, format);
  }
  return format.format(date);
}

/** `93784` -> `1 d 2 h`; the two largest units, seconds only below a minute. Negative or unknown gives `–`. */
export function formatSpan(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds) || seconds < 0) return "–";
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return `${minutes} min`;
  return `${whole} s`;
}

/** `412` -> `412 ms`; `2300` -> `2.3 s`. */
export function formatMilliseconds(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return "–";
  if (ms < 1000) return `${ms < 10 && ms > 0 ? ms.toFixed(1) : Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}

/** How long ago `at` (RFC 3339) was, as of `nowMs`; `just now` below 5 s; a moment in the future counts as now. Unreadable gives `–`. */
export function formatAgo(at: string, nowMs: number): string {
  const then = Date.parse(at);
  if (Number.isNaN(then)) return "–";
  const seconds = Math.max(0, (nowMs - then) / 1000);
  return seconds < 5 ? "just now" : `${formatSpan(seconds)} ago`;
}

/** The time of day of an RFC 3339 moment, `14:03:22`, in the reader's zone. Unreadable gives `–`. */
export function formatClock(at: string, clock24h: boolean, timeZone?: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "–";
  return formatMoment(date, {
    hour: clock24h ? "2-digit" : "numeric",
    minute: "2-digit",
    second: "2-digit",
    hour12: !clock24h,
    timeZone,
  });
}

/** Date and time to the second with its zone, for titles: `22 Nov 2026, 14:03:22 UTC`. Unreadable gives the text itself. */
export function formatExact(at: string, timeZone?: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return formatMoment(date, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone,
  });
}
