// Sizes and rates in words people read, in IEC units (1 KiB = 1024 B); never a wrong precision: three significant figures at most.

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** `12345` -> `12.1 KiB`; whole bytes below 1 KiB. What is not known or no size (null, negative, NaN, infinite) gives `–`. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes) || bytes < 0) return "–";
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${significant(value, unit)} ${UNITS[unit] ?? "EiB"}`;
}

/** `2048` -> `2.00 KiB/s`; null (no second sample yet) gives `–`. */
export function formatRate(bytesPerSecond: number | null): string {
  return bytesPerSecond === null ? "–" : `${formatBytes(bytesPerSecond)}/s`;
}

function significant(value: number, unit: number): string {
  if (unit === 0) return String(Math.round(value));
  if (value >= 99.95) return value.toFixed(0);
  return value.toFixed(value >= 9.995 ? 1 : 2);
}
