// Moving and resizing a window by arrow keys, begun from the window menu: Enter keeps, Escape puts back, Shift takes small steps.
import { useEffect, useState, type RefObject } from "react";
import { fit, resized, type Bounds, type Place, type Placement } from "./geometry";
import { currentBounds, isSame, place, useWorkspaces, type WindowKey, type WindowState } from "./workspaces";

const STEP_PX = 24;
const SMALL_STEP_PX = 2;

export type Adjusting = "move" | "resize";

const WAYS: Record<string, Place> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Returns what is being adjusted, null for nothing, and the way to begin. */
export function useKeyboardAdjust({ server, app }: WindowKey, element: RefObject<HTMLElement | null>): [Adjusting | null, (what: Adjusting) => void] {
  const [begun, setBegun] = useState<{ what: Adjusting; bounds: Bounds; placement: Placement } | null>(null);

  useEffect(() => {
    const target = element.current;
    if (begun === null || target === null) return undefined;
    target.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => {
      const way = WAYS[event.key];
      const isEnd = event.key === "Enter" || event.key === "Escape" || event.key === "Tab";
      if (way === undefined && !isEnd) return;
      event.preventDefault();
      event.stopPropagation();
      const key = { server, app };
      if (event.key === "Escape") place(key, begun.placement, begun.bounds);
      if (isEnd) setBegun(null);
      else if (way !== undefined) adjust(key, begun.what, way, event.shiftKey ? SMALL_STEP_PX : STEP_PX);
    };
    const onLeave = () => setBegun(null);
    target.addEventListener("keydown", onKey, true);
    target.addEventListener("pointerdown", onLeave, true);
    return () => {
      target.removeEventListener("keydown", onKey, true);
      target.removeEventListener("pointerdown", onLeave, true);
    };
  }, [server, app, begun, element]);

  const begin = (what: Adjusting) => {
    const window = find({ server, app });
    if (window !== null) setBegun({ what, bounds: window.bounds, placement: window.placement });
  };
  return [begun?.what ?? null, begin];
}

function adjust(key: WindowKey, what: Adjusting, way: Place, stepPx: number): void {
  const window = find(key);
  if (window === null) return;
  const { area } = useWorkspaces.getState();
  const bounds = currentBounds(window, area);
  const by = { x: way.x * stepPx, y: way.y * stepPx };
  const moved = fit({ ...bounds, x: bounds.x + by.x, y: bounds.y + by.y }, area);
  place(key, "normal", what === "move" ? moved : resized(bounds, "se", by, area));
}

function find(key: WindowKey): WindowState | null {
  return useWorkspaces.getState().windows.find((window) => isSame(window, key)) ?? null;
}
