// Moving and resizing a window by pointer; the pointer is captured, so a drag never gets lost, and Escape puts everything back.
import { useRef, type PointerEvent } from "react";
import { fit, resized, snapAt, type Bounds, type Edge, type Place, type Placement } from "./geometry";
import { useShell } from "./shell";
import { currentBounds, place, useWorkspaces, type WindowState } from "./workspaces";

const THRESHOLD_PX = 4;

interface Drag {
  pointerId: number;
  edge: Edge | null;
  from: Place;
  /** Where the window is when the drag begins, and what it goes back to when it leaves its placement. */
  start: Bounds;
  original: Bounds;
  placement: Placement;
  /** Where the pointer holds the window, as a share of its width. */
  grip: number;
  hasMoved: boolean;
  /** Stops listening for Escape. */
  release: () => void;
}

export interface WindowDrag {
  /** Begins a move, or with an edge a resize. */
  begin: (event: PointerEvent<HTMLElement>, edge: Edge | null) => void;
  /** To be put on the window, around everything that begins one. */
  handlers: {
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
  };
}

export function useWindowDrag(window: WindowState): WindowDrag {
  const drag = useRef<Drag | null>(null);
  const key = { server: window.server, app: window.app };

  const begin: WindowDrag["begin"] = (event, edge) => {
    if (event.button !== 0) return;
    const { area } = useWorkspaces.getState();
    const start = currentBounds(window, area);
    const from = pointerIn(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    const onKey = (press: KeyboardEvent) => press.key === "Escape" && undo();
    document.addEventListener("keydown", onKey, true);
    drag.current = {
      pointerId: event.pointerId,
      edge,
      from,
      start,
      original: window.bounds,
      placement: window.placement,
      grip: (from.x - start.x) / Math.max(1, start.width),
      hasMoved: false,
      release: () => document.removeEventListener("keydown", onKey, true),
    };
  };

  const end = (): Drag | null => {
    const ended = drag.current;
    drag.current = null;
    ended?.release();
    useShell.setState({ snapPreview: null });
    return ended;
  };

  const undo = () => {
    const ended = end();
    if (ended?.hasMoved === true) place(key, ended.placement, ended.original);
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const now = drag.current;
    if (now === null || event.pointerId !== now.pointerId) return;
    const pointer = pointerIn(event);
    const by = { x: pointer.x - now.from.x, y: pointer.y - now.from.y };
    if (!now.hasMoved && Math.hypot(by.x, by.y) < THRESHOLD_PX) return;
    now.hasMoved = true;
    const { area } = useWorkspaces.getState();
    if (now.edge !== null) {
      place(key, "normal", resized(now.start, now.edge, by, area));
      return;
    }
    const size = now.placement === "normal" ? now.start : now.original;
    const x = now.placement === "normal" ? now.start.x + by.x : pointer.x - size.width * now.grip;
    place(key, "normal", fit({ x, y: now.start.y + by.y, width: size.width, height: size.height }, area));
    useShell.setState({ snapPreview: snapAt(pointer, area) });
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerId !== drag.current?.pointerId) return;
    const { snapPreview } = useShell.getState();
    const ended = end();
    if (ended?.hasMoved !== true || ended.edge !== null || snapPreview === null) return;
    place(key, snapPreview, ended.original);
  };

  const onPointerCancel = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerId === drag.current?.pointerId) undo();
  };

  return { begin, handlers: { onPointerMove, onPointerUp, onPointerCancel } };
}

function pointerIn(event: PointerEvent<HTMLElement>): Place {
  const layer = event.currentTarget.closest("[data-windows]")?.getBoundingClientRect();
  return { x: event.clientX - (layer?.left ?? 0), y: event.clientY - (layer?.top ?? 0) };
}
