// Where the pages of a PDF lie, one below the other, and which of them are drawn: those in sight and their neighbours, however many there are.
import { clamp } from "../../../lib/numbers";

/** In pixels at 100 %. */
export interface PageSize {
  width: number;
  height: number;
}

export interface Layout {
  count: number;
  scale: number;
  /** The upper edge of each page. */
  tops: Float64Array;
  sizeOf: (index: number) => PageSize;
  heightPx: number;
  widthPx: number;
}

/** A point on a page, so that it can be found again in another layout. */
export interface Anchor {
  index: number;
  /** Of the page's height, 0 to 1. */
  share: number;
}

export const GAP = 12;
export const EDGE = 16;
/** Pages of a document that are shown. */
export const MOST_PAGES = 10_000;
/** A browser lays out no more than about this in one element. */
const MOST_HEIGHT_PX = 15_000_000;
/** As a PDF has it: 14 400 units of 1/72 inch, in pixels. */
const LONGEST_SIDE_PX = 19_200;
const MOST_DRAWN = 12;
/** Pixels of a screen for each unit of a PDF, at 100 %. */
export const PX_PER_UNIT = 96 / 72;

/** What a page says its size is, within reason; `factor` is what its units are drawn with at 100 %. */
export function pageSize(widthUnits: number, heightUnits: number): PageSize & { factor: number } {
  const width = Number.isFinite(widthUnits) ? Math.max(1, widthUnits) : 612;
  const height = Number.isFinite(heightUnits) ? Math.max(1, heightUnits) : 792;
  const factor = Math.min(PX_PER_UNIT, LONGEST_SIDE_PX / Math.max(width, height));
  return { width: width * factor, height: height * factor, factor };
}

/** `sizes` has the pages whose size is known by now; the others are taken to be like the `usual` one. */
export function layoutOf(count: number, sizes: ReadonlyMap<number, PageSize>, usual: PageSize, wantedScale: number): Layout {
  const sizeOf = (index: number) => sizes.get(index) ?? usual;
  let sum = 0;
  let widest = count > sizes.size ? usual.width : 0;
  for (let index = 0; index < count; index += 1) sum += sizeOf(index).height;
  for (const { width } of sizes.values()) widest = Math.max(widest, width);
  const scale = Math.min(wantedScale, MOST_HEIGHT_PX / sum);
  const tops = new Float64Array(count);
  let top = EDGE;
  for (let index = 0; index < count; index += 1) {
    tops[index] = top;
    top += sizeOf(index).height * scale + GAP;
  }
  return { count, scale, tops, sizeOf, heightPx: top - GAP + EDGE, widthPx: widest * scale + 2 * EDGE };
}

/** The last page that begins at or above a height; the first where none does. */
export function pageAt({ tops }: Layout, y: number): number {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The pages to draw: all in sight, and one on each side. */
export function drawnPages(layout: Layout, top: number, height: number): number[] {
  const first = Math.max(0, pageAt(layout, top) - 1);
  const last = Math.min(layout.count - 1, pageAt(layout, top + height) + 1, first + MOST_DRAWN - 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

/** The page a reader would say they are on. */
export function currentPage(layout: Layout, top: number, height: number): number {
  if (top <= 0) return 0;
  return top + height >= layout.heightPx - 1 ? layout.count - 1 : pageAt(layout, top + height / 2);
}

export function anchorAt(layout: Layout, y: number): Anchor {
  const index = pageAt(layout, y);
  return { index, share: (y - (layout.tops[index] ?? 0)) / Math.max(1, layout.sizeOf(index).height * layout.scale) };
}

export function heightOf(layout: Layout, { index, share }: Anchor): number {
  return (layout.tops[index] ?? 0) + share * layout.sizeOf(index).height * layout.scale;
}

/** Where a page key leads: to the next page where pages are shown whole, else on by most of what is in sight. */
export function pageStep(layout: Layout, top: number, height: number, direction: 1 | -1): number {
  const index = currentPage(layout, top, height);
  if (!isWhole(layout, index, height)) return top + direction * height * 0.9;
  return topOf(layout, clamp(index + direction, 0, layout.count - 1), height);
}

/** Where to scroll to, to show a page: in the middle where it fits, else from its upper edge on. */
export function topOf(layout: Layout, index: number, height: number): number {
  const top = layout.tops[index] ?? 0;
  if (index === 0) return 0;
  return isWhole(layout, index, height) ? top - (height - layout.sizeOf(index).height * layout.scale) / 2 : top - GAP / 2;
}

function isWhole(layout: Layout, index: number, height: number): boolean {
  return layout.sizeOf(index).height * layout.scale <= height;
}

/** What somebody typed as the number of a page, as its index; null where there is no such page. */
export function pageTyped(text: string, count: number): number | null {
  const number = /^\s*(\d{1,9})\s*$/.exec(text)?.[1];
  const index = Number(number ?? 0) - 1;
  return index >= 0 && index < count ? index : null;
}
