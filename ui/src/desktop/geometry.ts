// Where windows may be: every window lies wholly inside the area between strip and taskbar; pure, in CSS pixels.
import { clamp } from "../lib/numbers";

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Area {
  width: number;
  height: number;
}
export interface Place {
  x: number;
  y: number;
}

export const PLACEMENTS = ["normal", "maximized", "left", "right", "topLeft", "topRight", "bottomLeft", "bottomRight"] as const;
/** `normal` is where the user put it; the others follow the area when it changes size. */
export type Placement = (typeof PLACEMENTS)[number];

/** One letter for each side that moves: `n`, `se`. */
export type Edge = "n" | "s" | "e" | "w" | "ne" | "nw" | "se" | "sw";

export const SMALLEST: Area = { width: 360, height: 240 };
/** The same edge as the `wide` breakpoint: below it there is room for one window at a time. */
const NARROW_PX = 640;
const CASCADE_STEP = 32;
const SNAP_REACH = 12;
const CORNER_REACH = 96;

/** Whether there is room for one window only, which then fills it. */
export function isNarrow(area: Area): boolean {
  return area.width < NARROW_PX;
}

/** The same bounds, made to lie inside the area: first moved, then made smaller. */
export function fit(bounds: Bounds, area: Area): Bounds {
  const width = Math.round(clamp(bounds.width, Math.min(SMALLEST.width, area.width), area.width));
  const height = Math.round(clamp(bounds.height, Math.min(SMALLEST.height, area.height), area.height));
  return {
    x: Math.round(clamp(bounds.x, 0, area.width - width)),
    y: Math.round(clamp(bounds.y, 0, area.height - height)),
    width,
    height,
  };
}

/** The rectangle a placement stands for; `normal` gives the bounds, fitted. */
export function placed(placement: Placement, bounds: Bounds, area: Area): Bounds {
  if (placement === "normal") return fit(bounds, area);
  const leftWidth = Math.floor(area.width / 2);
  const topHeight = Math.floor(area.height / 2);
  const isRight = placement === "right" || placement.endsWith("Right");
  const isBottom = placement.startsWith("bottom");
  const isQuarter = isBottom || placement.startsWith("top");
  if (placement === "maximized") return { x: 0, y: 0, ...area };
  return {
    x: isRight ? leftWidth : 0,
    y: isBottom ? topHeight : 0,
    width: isRight ? area.width - leftWidth : leftWidth,
    height: isQuarter ? (isBottom ? area.height - topHeight : topHeight) : area.height,
  };
}

/** What dropping a window with the pointer here means; null when it just lies where it is. */
export function snapAt(pointer: Place, area: Area): Placement | null {
  const isTop = pointer.y <= SNAP_REACH;
  const isBottom = pointer.y >= area.height - SNAP_REACH;
  const isLeft = pointer.x <= SNAP_REACH;
  const isRight = pointer.x >= area.width - SNAP_REACH;
  if (isLeft || isRight) {
    if (pointer.y <= CORNER_REACH) return isLeft ? "topLeft" : "topRight";
    if (pointer.y >= area.height - CORNER_REACH) return isLeft ? "bottomLeft" : "bottomRight";
    return isLeft ? "left" : "right";
  }
  if (isTop) {
    if (pointer.x <= CORNER_REACH) return "topLeft";
    return pointer.x >= area.width - CORNER_REACH ? "topRight" : "maximized";
  }
  if (isBottom && pointer.x <= CORNER_REACH) return "bottomLeft";
  return isBottom && pointer.x >= area.width - CORNER_REACH ? "bottomRight" : null;
}

/** Moves one edge or corner by a distance; the opposite side stays, the smallest size and the area hold. */
export function resized(bounds: Bounds, edge: Edge, by: Place, area: Area): Bounds {
  const least = { width: Math.min(SMALLEST.width, area.width), height: Math.min(SMALLEST.height, area.height) };
  const right = bounds.x + bounds.width;
  const bottom = bounds.y + bounds.height;
  let { x, y, width, height } = bounds;
  if (edge.includes("e")) width = clamp(width + by.x, least.width, area.width - x);
  if (edge.includes("s")) height = clamp(height + by.y, least.height, area.height - y);
  if (edge.includes("w")) {
    x = clamp(x + by.x, 0, right - least.width);
    width = right - x;
  }
  if (edge.includes("n")) {
    y = clamp(y + by.y, 0, bottom - least.height);
    height = bottom - y;
  }
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

/** Where the next window opens: centred, and a step down and right of each window that already is exactly there. */
export function cascaded(size: Area, taken: readonly Place[], area: Area): Bounds {
  const start = fit({ x: (area.width - size.width) / 2, y: (area.height - size.height) / 2, ...size }, area);
  let next = start;
  for (let step = 1; step <= taken.length && taken.some((place) => place.x === next.x && place.y === next.y); step += 1) {
    next = fit({ ...start, x: start.x + step * CASCADE_STEP, y: start.y + step * CASCADE_STEP }, area);
  }
  return next;
}

export type Arrow = "left" | "right" | "up" | "down";

const STEPS: Record<Placement, Record<Arrow, Placement | "minimized">> = {
  normal: { left: "left", right: "right", up: "maximized", down: "minimized" },
  maximized: { left: "left", right: "right", up: "maximized", down: "normal" },
  left: { left: "left", right: "normal", up: "topLeft", down: "bottomLeft" },
  right: { left: "normal", right: "right", up: "topRight", down: "bottomRight" },
  topLeft: { left: "topLeft", right: "topRight", up: "maximized", down: "left" },
  topRight: { left: "topLeft", right: "topRight", up: "maximized", down: "right" },
  bottomLeft: { left: "bottomLeft", right: "bottomRight", up: "left", down: "minimized" },
  bottomRight: { left: "bottomLeft", right: "bottomRight", up: "right", down: "minimized" },
};

/** What an arrow key with Ctrl+Alt does to a window. */
export function stepped(placement: Placement, arrow: Arrow): Placement | "minimized" {
  return STEPS[placement][arrow];
}
