// Dragging a tab: along the tabs to another place, or onto the edge of a pane to lie beside it; the pointer is captured, and Escape puts it back.
import { useRef, useState, type PointerEvent } from "react";
import type { Side } from "./layout";

const THRESHOLD_PX = 5;

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** What a drop would do, and how to show it: a line between tabs, or the half of a pane; in pixels of the app. */
export interface Aim {
  drop: Drop;
  box: Rectangle;
}
export type Drop = { kind: "place"; place: number } | { kind: "beside"; terminal: string; side: Side };

export interface TabDrag {
  /** The tab on the way. */
  dragged: string | null;
  aim: Aim | null;
  handlers: (tab: string) => {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: () => void;
  };
}

interface Begun {
  tab: string;
  pointerId: number;
  x: number;
  y: number;
  hasMoved: boolean;
  release: () => void;
}

export function useTabDrag(onDrop: (tab: string, drop: Drop) => void): TabDrag {
  const begun = useRef<Begun | null>(null);
  const [aim, setAim] = useState<Aim | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);

  const end = () => {
    begun.current?.release();
    begun.current = null;
    setAim(null);
    setDragged(null);
  };
  const handlers: TabDrag["handlers"] = (tab) => ({
    onPointerDown: (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const onKey = (press: KeyboardEvent) => press.key === "Escape" && end();
      document.addEventListener("keydown", onKey, true);
      const release = () => document.removeEventListener("keydown", onKey, true);
      begun.current = { tab, pointerId: event.pointerId, x: event.clientX, y: event.clientY, hasMoved: false, release };
    },
    onPointerMove: (event) => {
      const now = begun.current;
      if (now === null || now.tab !== tab || event.pointerId !== now.pointerId) return;
      if (!now.hasMoved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < THRESHOLD_PX) return;
      now.hasMoved = true;
      setDragged(tab);
      setAim(aimAt(event.clientX, event.clientY, tab));
    },
    onPointerUp: (event) => {
      const now = begun.current;
      if (now === null || event.pointerId !== now.pointerId) return;
      const target = now.hasMoved ? aimAt(event.clientX, event.clientY, tab) : null;
      end();
      if (target !== null) onDrop(tab, target.drop);
    },
    onPointerCancel: end,
  });
  return { dragged, aim, handlers };
}

function aimAt(x: number, y: number, tab: string): Aim | null {
  const below = document.elementsFromPoint(x, y);
  const around = (selector: string) => below.map((each) => each.closest<HTMLElement>(selector)).find((each) => each !== null) ?? null;
  const strip = around("[data-tabs]");
  const app = around("[data-terminal-app]");
  if (app === null) return null;
  const origin = app.getBoundingClientRect();
  if (strip !== null) return inApp(aimAmong([...strip.querySelectorAll<HTMLElement>("[data-tab]")], x, tab), origin);
  const pane = around("[data-pane]");
  const terminal = pane?.dataset["pane"];
  return pane === null || terminal === undefined ? null : inApp(aimBeside(pane.getBoundingClientRect(), terminal, x, y), origin);
}

/** A moved window is the origin of everything in it. */
function inApp(aim: Aim | null, origin: DOMRect): Aim | null {
  return aim === null ? null : { ...aim, box: { ...aim.box, x: aim.box.x - origin.x, y: aim.box.y - origin.y } };
}

function aimAmong(tabs: readonly HTMLElement[], x: number, tab: string): Aim | null {
  const boxes = tabs.map((each) => each.getBoundingClientRect());
  const before = boxes.filter((box) => box.x + box.width / 2 < x).length;
  const from = tabs.findIndex((each) => each.dataset["tab"] === tab);
  const box = boxes[before] ?? boxes.at(-1);
  if (box === undefined) return null;
  const line = { x: (before < boxes.length ? box.x : box.right) - 2, y: box.y + 2, width: 2, height: box.height - 4 };
  return { drop: { kind: "place", place: before > from ? before - 1 : before }, box: line };
}

function aimBeside(box: DOMRect, terminal: string, x: number, y: number): Aim {
  const across = (x - box.x) / Math.max(1, box.width);
  const down = (y - box.y) / Math.max(1, box.height);
  const distances: [Side, number][] = [
    ["left", across],
    ["right", 1 - across],
    ["top", down],
    ["bottom", 1 - down],
  ];
  const [side] = distances.reduce((nearest, each) => (each[1] < nearest[1] ? each : nearest));
  const isAcross = side === "left" || side === "right";
  const half = {
    x: side === "right" ? box.x + box.width / 2 : box.x,
    y: side === "bottom" ? box.y + box.height / 2 : box.y,
    width: isAcross ? box.width / 2 : box.width,
    height: isAcross ? box.height : box.height / 2,
  };
  return { drop: { kind: "beside", terminal, side }, box: half };
}
