// How far something is; without a known end it only shows that it goes on.
import { clamp } from "../lib/numbers";

export interface ProgressBarProps {
  label: string;
  /** 0 to 1; null: not known. */
  done: number | null;
  tone?: "accent" | "good" | "bad" | "idle";
}

const TONES = { accent: "bg-accent-ink", good: "bg-good", bad: "bg-bad", idle: "bg-ink-faint" } as const;

export function ProgressBar({ label, done, tone = "accent" }: ProgressBarProps) {
  const share = done === null ? null : clamp(done, 0, 1);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className="h-1.5 overflow-hidden rounded-full bg-track"
    >
      <div
        className={`h-full origin-left rounded-full transition-transform duration-180 ease-out ${TONES[tone]} ${share === null ? "animate-pulse" : ""}`}
        style={{ transform: `scaleX(${share ?? 1})` }}
      />
    </div>
  );
}
