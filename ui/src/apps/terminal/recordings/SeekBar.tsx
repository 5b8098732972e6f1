// The position in a recording: shown, and set by a click, by dragging, and by keys.
import type { KeyboardEvent, PointerEvent } from "react";
import { clamp } from "../../../lib/numbers";
import { formatTimecode } from "./timeline";

export interface SeekBarProps {
  positionMs: number;
  durationMs: number;
  onSeek: (positionMs: number) => void;
}

export function SeekBar({ positionMs, durationMs, onSeek }: SeekBarProps) {
  const share = durationMs > 0 ? clamp(positionMs / durationMs, 0, 1) : 0;
  const toPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onSeek(clamp((event.clientX - box.left) / Math.max(1, box.width), 0, 1) * durationMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { Home: 0, End: durationMs, PageUp: positionMs + durationMs / 10, PageDown: positionMs - durationMs / 10, ArrowUp: positionMs + 1000, ArrowDown: positionMs - 1000 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onSeek(to);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Position"
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(positionMs / 1000)}
      aria-valuetext={`${formatTimecode(positionMs)} of ${formatTimecode(durationMs)}`}
      className="group relative flex h-7 min-w-0 grow touch-none items-center rounded-control select-none max-wide:h-11"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        toPointer(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && toPointer(event)}
      onKeyDown={onKeyDown}
    >
      <span className="h-1.5 w-full overflow-hidden rounded-full bg-track">
        <span className="block h-full origin-left bg-accent-ink" style={{ transform: `scaleX(${share})` }} />
      </span>
      <span
        className="pointer-events-none absolute -ml-1.75 size-3.5 rounded-full border-2 border-popover bg-accent-ink transition-transform duration-120 group-active:scale-115"
        style={{ left: `${share * 100}%` }}
      />
    </div>
  );
}
