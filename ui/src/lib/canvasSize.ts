// How many pixels a canvas gets for the room it fills: as sharp as the screen, but never more than there is memory for, whatever is drawn on it claims to be.

/** 64 MiB of memory: a page in the whole width of a screen of twice the resolution. */
export const MOST_PIXELS = 2 ** 24;
/** More in one direction is more than some browsers can do. */
export const LONGEST_SIDE = 8192;
const SHARPEST = 2;

/** Pixels of the canvas per pixel of the page. */
export function canvasRatio(widthPx: number, heightPx: number, devicePixelRatio: number): number {
  const width = Math.max(1, widthPx);
  const height = Math.max(1, heightPx);
  const wanted = Number.isFinite(devicePixelRatio) && devicePixelRatio > 0 ? Math.min(devicePixelRatio, SHARPEST) : 1;
  return Math.min(wanted, Math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / Math.max(width, height));
}

/** Whole pixels, at least one each way. */
export function canvasSize(widthPx: number, heightPx: number, devicePixelRatio: number): { width: number; height: number; ratio: number } {
  const ratio = canvasRatio(widthPx, heightPx, devicePixelRatio);
  return { width: Math.max(1, Math.floor(widthPx * ratio)), height: Math.max(1, Math.floor(heightPx * ratio)), ratio };
}
