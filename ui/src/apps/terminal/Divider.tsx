// The line between two panes, moved by the pointer or by arrow keys.
import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { classes } from "../../lib/classes";
import type { PlacedDivider } from "./arrangement";

const STEP = 0.02;

export interface DividerProps {
  divider: PlacedDivider;
  onRatio: (path: PlacedDivider["path"], ratio: number) => void;
}

export function Divider({ divider: { path, way, ratio, rect }, onRatio }: DividerProps) {
  const isRow = way === "row";
  const drag = useRef<{ start: number; length: number } | null>(null);

  const begin = (event: PointerEvent<HTMLElement>) => {
    const area = event.currentTarget.parentElement?.getBoundingClientRect();
    if (area === undefined || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = isRow
      ? { start: area.x + (area.width * rect.x) / 100, length: (area.width * rect.width) / 100 }
      : { start: area.y + (area.height * rect.y) / 100, length: (area.height * rect.height) / 100 };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const now = drag.current;
    if (now !== null) onRatio(path, ((isRow ? event.clientX : event.clientY) - now.start) / Math.max(1, now.length));
  };
  const onKey = (event: KeyboardEvent) => {
    const steps = { [isRow ? "ArrowLeft" : "ArrowUp"]: -1, [isRow ? "ArrowRight" : "ArrowDown"]: 1 }[event.key];
    if (steps === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    onRatio(path, ratio + steps * STEP);
  };
  const at = `${isRow ? rect.x + rect.width * ratio : rect.y + rect.height * ratio}%`;

  return (
    <div
      role="separator"
      aria-label={isRow ? "Move the line between left and right" : "Move the line between top and bottom"}
      aria-orientation={isRow ? "vertical" : "horizontal"}
      aria-valuenow={Math.round(ratio * 100)}
      aria-valuemin={10}
      aria-valuemax={90}
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
      onDoubleClick={() => onRatio(path, 0.5)}
      onKeyDown={onKey}
      className={classes(
        "group absolute z-10 flex touch-none items-stretch justify-center outline-none",
        isRow ? "w-2 -translate-x-1/2 cursor-col-resize" : "h-2 -translate-y-1/2 cursor-row-resize flex-col",
      )}
      style={isRow ? { left: at, top: `${rect.y}%`, height: `${rect.height}%` } : { top: at, left: `${rect.x}%`, width: `${rect.width}%` }}
    >
      <span
        className={classes(
          "bg-line-strong transition-colors duration-120 group-hover:bg-accent-ink group-focus-visible:bg-accent-ink",
          isRow ? "w-px group-focus-visible:w-0.5" : "h-px group-focus-visible:h-0.5",
        )}
      />
    </div>
  );
}
