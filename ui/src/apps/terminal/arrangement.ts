// Where each pane and each divider of a tab lies, in percent of the tab; pure.
import type { Direction, Tree, Way } from "./layout";

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface PlacedPane {
  terminal: string;
  rect: Rect;
}
export interface PlacedDivider {
  path: readonly ("first" | "second")[];
  way: Way;
  ratio: number;
  /** The whole split that it divides. */
  rect: Rect;
}
export interface Arrangement {
  panes: readonly PlacedPane[];
  dividers: readonly PlacedDivider[];
}

const WHOLE: Rect = { x: 0, y: 0, width: 100, height: 100 };

export function arranged(tree: Tree, rect: Rect = WHOLE, path: PlacedDivider["path"] = []): Arrangement {
  if (tree.kind === "pane") return { panes: [{ terminal: tree.terminal, rect }], dividers: [] };
  const [one, other] = halves(rect, tree.way, tree.ratio);
  const first = arranged(tree.first, one, [...path, "first"]);
  const second = arranged(tree.second, other, [...path, "second"]);
  return {
    panes: [...first.panes, ...second.panes],
    dividers: [{ path, way: tree.way, ratio: tree.ratio, rect }, ...first.dividers, ...second.dividers],
  };
}

/** The pane next to another one in a direction: the nearest, of those the one that lies most beside it. Null at the edge. */
export function neighbour(tree: Tree, terminal: string, direction: Direction): string | null {
  const { panes } = arranged(tree);
  const from = panes.find((each) => each.terminal === terminal)?.rect;
  if (from === undefined) return null;
  const others = panes
    .filter((each) => each.terminal !== terminal)
    .map((each) => ({ terminal: each.terminal, gap: gap(from, each.rect, direction), beside: beside(from, each.rect, direction) }))
    .filter((each) => each.gap > -0.01 && each.beside > 0.01);
  return others.toSorted((one, other) => one.gap - other.gap || other.beside - one.beside)[0]?.terminal ?? null;
}

function halves(rect: Rect, way: Way, ratio: number): [Rect, Rect] {
  if (way === "row") {
    const width = rect.width * ratio;
    return [
      { ...rect, width },
      { ...rect, x: rect.x + width, width: rect.width - width },
    ];
  }
  const height = rect.height * ratio;
  return [
    { ...rect, height },
    { ...rect, y: rect.y + height, height: rect.height - height },
  ];
}

function gap(from: Rect, to: Rect, direction: Direction): number {
  switch (direction) {
    case "left":
      return from.x - (to.x + to.width);
    case "right":
      return to.x - (from.x + from.width);
    case "up":
      return from.y - (to.y + to.height);
    case "down":
      return to.y - (from.y + from.height);
  }
}

/** How much of their edges face each other. */
function beside(from: Rect, to: Rect, direction: Direction): number {
  return direction === "left" || direction === "right"
    ? Math.min(from.y + from.height, to.y + to.height) - Math.max(from.y, to.y)
    : Math.min(from.x + from.width, to.x + to.width) - Math.max(from.x, to.x);
}
