// How large the pages of a PDF are shown: fitted to the room, or by a factor.
import { clamp } from "../../../lib/numbers";
import { EDGE, type PageSize } from "./layout";

/** `auto`: to the width, but not so large that nobody reads it. `index` is the page that is fitted. */
export type Zoom = { kind: "auto" | "width" | "page"; index: number } | { kind: "factor"; factor: number };

export interface Room {
  widthPx: number;
  heightPx: number;
}

export const SMALLEST = 0.25;
export const LARGEST = 5;
const LARGEST_AUTO = 1.25;
/** What the buttons and keys lead to. */
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];

export function factorOf(zoom: Zoom, size: PageSize, { widthPx, heightPx }: Room): number {
  if (zoom.kind === "factor") return clamp(zoom.factor, SMALLEST, LARGEST);
  const toWidth = (widthPx - 2 * EDGE) / Math.max(1, size.width);
  const toHeight = (heightPx - 2 * EDGE) / Math.max(1, size.height);
  const fitted = zoom.kind === "page" ? Math.min(toWidth, toHeight) : zoom.kind === "auto" ? Math.min(toWidth, LARGEST_AUTO) : toWidth;
  // Smaller than the buttons lead to, where a page is larger than a room.
  return clamp(fitted, 0.02, LARGEST);
}

/** The next step up or down. */
export function stepped(factor: number, direction: 1 | -1): number {
  const next = direction === 1 ? STEPS.find((step) => step > factor * 1.01) : STEPS.findLast((step) => step < factor * 0.99);
  return next ?? clamp(factor, SMALLEST, LARGEST);
}
