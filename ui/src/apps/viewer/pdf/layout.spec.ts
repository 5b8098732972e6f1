// Holds where pages lie, that few of them are drawn however many there are, and that hostile sizes stay within reason.
import { expect, test } from "vitest";
import { anchorAt, currentPage, drawnPages, EDGE, GAP, heightOf, layoutOf, MOST_PAGES, pageAt, pageSize, pageStep, pageTyped, topOf, type PageSize } from "./layout";

const A4: PageSize = { width: 800, height: 1000 };
const plain = (count: number, scale = 1) => layoutOf(count, new Map(), A4, scale);

test("pages lie one below the other, with gaps that do not grow", () => {
  const layout = layoutOf(3, new Map([[1, { width: 1200, height: 500 }]]), A4, 0.5);
  expect([...layout.tops]).toEqual([EDGE, EDGE + 500 + GAP, EDGE + 500 + GAP + 250 + GAP]);
  expect(layout.heightPx).toBe(EDGE + 500 + GAP + 250 + GAP + 500 + EDGE);
  expect(layout.widthPx).toBe(600 + 2 * EDGE);
});

test("only what is in sight and one on each side is drawn", () => {
  const layout = plain(MOST_PAGES);
  expect(drawnPages(layout, 0, 700)).toEqual([0, 1]);
  const top = layout.tops[500] ?? 0;
  expect(drawnPages(layout, top + 100, 700)).toEqual([499, 500, 501]);
  expect(drawnPages(layout, layout.heightPx - 700, 700)).toEqual([MOST_PAGES - 2, MOST_PAGES - 1]);
  const tiny = layoutOf(1000, new Map(), { width: 1, height: 1 }, 1);
  expect(drawnPages(tiny, 0, 5000)).toHaveLength(12);
});

test("the page under a height, and the page one is on", () => {
  const layout = plain(3);
  expect(pageAt(layout, -5)).toBe(0);
  expect(pageAt(layout, (layout.tops[1] ?? 0) - 1)).toBe(0);
  expect(pageAt(layout, layout.tops[1] ?? 0)).toBe(1);
  expect(pageAt(layout, 1e9)).toBe(2);
  expect(currentPage(layout, 0, 5000)).toBe(0);
  expect(currentPage(layout, 600, 800)).toBe(0);
  expect(currentPage(layout, 700, 800)).toBe(1);
  expect(currentPage(layout, layout.heightPx - 800, 800)).toBe(2);
});

test("a point on a page is found again in another layout", () => {
  const before = plain(10);
  const anchor = anchorAt(before, (before.tops[4] ?? 0) + 250);
  expect(anchor).toEqual({ index: 4, share: 0.25 });
  const after = layoutOf(10, new Map([[1, { width: 800, height: 90 }]]), A4, 2);
  expect(heightOf(after, anchor)).toBe((after.tops[4] ?? 0) + 500);
});

test("page keys go from page to page where one fits, else on by what is in sight", () => {
  const fits = plain(3, 0.5);
  expect(pageStep(fits, 0, 600, 1)).toBe(topOf(fits, 1, 600));
  expect(currentPage(fits, topOf(fits, 1, 600), 600)).toBe(1);
  expect(pageStep(fits, topOf(fits, 1, 600), 600, -1)).toBe(0);
  const large = plain(3);
  expect(pageStep(large, 100, 600, 1)).toBe(640);
  expect(topOf(large, 1, 600)).toBe((large.tops[1] ?? 0) - GAP / 2);
});

test("a size that nobody can mean is kept within reason", () => {
  expect(pageSize(612, 792).width).toBeCloseTo(816);
  const huge = pageSize(1e9, 5e8);
  expect(huge.width).toBe(19_200);
  expect(huge.height).toBe(9_600);
  expect(huge.factor * 1e9).toBeCloseTo(19_200);
  expect(pageSize(0, -3).width).toBeGreaterThan(0);
  expect(pageSize(Number.NaN, Number.POSITIVE_INFINITY)).toEqual(pageSize(612, 792));
});

test("a document never gets longer than a browser can lay out", () => {
  expect(layoutOf(MOST_PAGES, new Map(), { width: 800, height: 19_200 }, 5).heightPx).toBeLessThan(16_000_000);
  expect(plain(100, 5).scale).toBe(5);
});

test("the number of a page as it is typed", () => {
  expect(pageTyped("3", 12)).toBe(2);
  expect(pageTyped(" 12 ", 12)).toBe(11);
  for (const text of ["0", "13", "", "x", "-1", "1.5", "1e1", "99999999999"]) expect(pageTyped(text, 12), text).toBeNull();
});
