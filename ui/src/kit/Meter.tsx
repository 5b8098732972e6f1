// A bar that shows how much of something is used; from 80 % it warns and from 92 % it alarms, with a word for those who see no colour.
import { classes } from "../lib/classes";
import { clamp } from "../lib/numbers";

export type Level = "fine" | "high" | "full";

/** Where a share in percent stands; an unknown one is fine. */
export function levelOf(percent: number | null): Level {
  if (percent === null || percent < 80) return "fine";
  return percent < 92 ? "high" : "full";
}

export interface MeterProps {
  label: string;
  percent: number | null;
  /** The colour while the level is fine. */
  className?: string;
}

export function Meter({ label, percent, className = "bg-accent-ink" }: MeterProps) {
  const shown = clamp(percent ?? 0, 0, 100);
  const level = levelOf(percent);
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(shown)}
      aria-valuetext={percent === null ? "not known" : `${Math.round(shown)} percent${level === "fine" ? "" : `, ${level}`}`}
      className="h-1.5 overflow-hidden rounded-full bg-track"
    >
      <div
        className={classes(
          "h-full origin-left rounded-full transition-transform duration-180 ease-out",
          level === "fine" ? className : level === "high" ? "bg-warn" : "bg-bad",
        )}
        style={{ transform: `scaleX(${shown / 100})` }}
      />
    </div>
  );
}
