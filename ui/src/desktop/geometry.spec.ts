// Holds that no window can leave the area, by any edge, on any screen.
import { describe, expect, it } from "vitest";
import { cascaded, fit, PLACEMENTS, placed, resized, snapAt, stepped, type Area, type Bounds, type Edge } from "./geometry";

const area: Area = { width: 1440, height: 849 };
const bounds: Bounds = { x: 100, y: 100, width: 800, height: 500 };

function expectInside(inner: Bounds, outer: Area): void {
  expect(inner.x).toBeGreaterThanOrEqual(0);
  expect(inner.y).toBeGreaterThanOrEqual(0);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.width);
  expect(inner.y + inner.height).toBeLessThanOrEqual(outer.height);
}

describe("fit", () => {
  it("leaves what is inside alone", () => expect(fit(bounds, area)).toEqual(bounds));

  it("brings back what is outside, on every screen", () => {
    for (const outer of [area, { width: 390, height: 700 }, { width: 200, height: 100 }]) {
      for (const x of [-5000, -1, 0, 700, 5000]) {
        for (const width of [1, 800, 5000]) expectInside(fit({ x, y: x, width, height: width }, outer), outer);
      }
    }
  });
});

describe("placed", () => {
  it("covers the area without gap or overlap", () => {
    for (const outer of [area, { width: 1001, height: 701 }]) {
      const quarters = (["topLeft", "topRight", "bottomLeft", "bottomRight"] as const).map((each) => placed(each, bounds, outer));
      const covered = quarters.reduce((sum, each) => sum + each.width * each.height, 0);
      expect(covered).toBe(outer.width * outer.height);
      const halves = placed("left", bounds, outer).width + placed("right", bounds, outer).width;
      expect(halves).toBe(outer.width);
    }
  });

  it("keeps every placement inside", () => {
    for (const placement of PLACEMENTS) expectInside(placed(placement, bounds, area), area);
  });
});

it("snaps at the edges, in quarters near the corners, and nowhere else", () => {
  expect(snapAt({ x: 700, y: 400 }, area)).toBeNull();
  expect(snapAt({ x: 700, y: 3 }, area)).toBe("maximized");
  expect(snapAt({ x: 2, y: 400 }, area)).toBe("left");
  expect(snapAt({ x: 1439, y: 400 }, area)).toBe("right");
  expect(snapAt({ x: 2, y: 40 }, area)).toBe("topLeft");
  expect(snapAt({ x: 50, y: 2 }, area)).toBe("topLeft");
  expect(snapAt({ x: 1400, y: 2 }, area)).toBe("topRight");
  expect(snapAt({ x: 1439, y: 840 }, area)).toBe("bottomRight");
  expect(snapAt({ x: 20, y: 848 }, area)).toBe("bottomLeft");
  expect(snapAt({ x: 700, y: 848 }, area)).toBeNull();
});

describe("resized", () => {
  it("moves the edge that is pulled and leaves the opposite one", () => {
    const wider = resized(bounds, "w", { x: -50, y: 0 }, area);
    expect(wider).toEqual({ x: 50, y: 100, width: 850, height: 500 });
    const taller = resized(bounds, "ne", { x: 10, y: -10 }, area);
    expect(taller).toEqual({ x: 100, y: 90, width: 810, height: 510 });
  });

  it("stops at the area and at the smallest size", () => {
    for (const edge of ["n", "s", "e", "w", "ne", "nw", "se", "sw"] as Edge[]) {
      for (const by of [-3000, 3000]) {
        const after = resized(bounds, edge, { x: by, y: by }, area);
        expectInside(after, area);
        expect(after.width).toBeGreaterThanOrEqual(360);
        expect(after.height).toBeGreaterThanOrEqual(240);
      }
    }
  });
});

it("opens windows one step apart", () => {
  const size = { width: 600, height: 400 };
  const first = cascaded(size, [], area);
  const second = cascaded(size, [first], area);
  expect([second.x - first.x, second.y - first.y]).toEqual([32, 32]);
  expectInside(cascaded({ width: 5000, height: 5000 }, [], area), area);
});

it("walks through the placements with arrow keys", () => {
  expect(stepped("normal", "left")).toBe("left");
  expect(stepped("left", "up")).toBe("topLeft");
  expect(stepped("topLeft", "right")).toBe("topRight");
  expect(stepped("left", "right")).toBe("normal");
  expect(stepped("maximized", "down")).toBe("normal");
  expect(stepped("normal", "down")).toBe("minimized");
});
