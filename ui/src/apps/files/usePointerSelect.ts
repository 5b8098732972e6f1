// Selecting with the pointer: clicks with Ctrl and Shift, a lasso from empty space, and touches that open.
import { useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from "react";
import { isFolder } from "../../api/folderItems";
import { select, useExplorer } from "./explorer";
import { placesIn, type Box, type Geometry } from "./geometry";
import { extended, NOTHING_SELECTED, only, toggled, type Selection } from "./selection";
import type { PaneModel } from "./usePane";
import type { Commands } from "./commands";

const LEAST_PX = 4;
const EDGE_PX = 28;

/** The item an event is about, by its place. */
export function placeOf(target: EventTarget | null): number | null {
  const { at: own, lines } = target instanceof Element ? (target.closest<HTMLElement>("[data-at], [data-lines]")?.dataset ?? {}) : {};
  const at = own ?? lines;
  return at === undefined ? null : Number(at);
}

export function usePointerSelect(pane: PaneModel, commands: Commands, scroller: RefObject<HTMLElement | null>, geometry: Geometry) {
  const [lasso, setLasso] = useState<Box | null>(null);
  /** A press on what is selected may begin a drag: only its end selects the one alone. */
  const isPending = useRef(false);
  const isTouch = useRef(false);
  const id = pane.tab.id;
  const now = (): Selection => useExplorer.getState().selections[id] ?? NOTHING_SELECTED;

  const beginLasso = (event: PointerEvent<HTMLElement>, base: Selection) => {
    const element = scroller.current;
    if (element === null) return;
    const bounds = element.getBoundingClientRect();
    const at = { x: event.clientX, y: event.clientY };
    const start = { x: at.x - bounds.left + element.scrollLeft, y: at.y - bounds.top + element.scrollTop };
    let isOn = false;
    let frame = 0;
    const follow = () => {
      const end = { x: at.x - bounds.left + element.scrollLeft, y: Math.max(0, at.y - bounds.top + element.scrollTop) };
      if (!isOn && Math.hypot(end.x - start.x, end.y - start.y) < LEAST_PX) return;
      isOn = true;
      const box = { left: Math.max(0, Math.min(start.x, end.x)), top: Math.min(start.y, end.y), right: Math.max(start.x, end.x), bottom: Math.max(start.y, end.y) };
      const touched = placesIn(box, geometry, element.clientWidth, pane.items.length).flatMap((place) => pane.items[place] ?? []);
      const last = touched.at(-1)?.path ?? base.focus;
      select(id, { paths: new Set([...base.paths, ...touched.map((item) => item.path)]), focus: last, anchor: touched[0]?.path ?? base.anchor });
      setLasso(box);
    };
    const scroll = () => {
      frame = window.requestAnimationFrame(scroll);
      const beyond = at.y < bounds.top + EDGE_PX ? at.y - bounds.top - EDGE_PX : at.y > bounds.bottom - EDGE_PX ? at.y - bounds.bottom + EDGE_PX : 0;
      if (!isOn || beyond === 0) return;
      element.scrollBy(0, beyond / 2);
      follow();
    };
    const move = (moved: globalThis.PointerEvent) => {
      at.x = moved.clientX;
      at.y = moved.clientY;
      follow();
    };
    const end = () => {
      window.cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      setLasso(null);
    };
    frame = window.requestAnimationFrame(scroll);
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    isTouch.current = event.pointerType === "touch";
    isPending.current = false;
    if (event.button !== 0 || isTouch.current || isOnControl(event.target) || isOnScrollbar(event)) return;
    const isCtrl = event.ctrlKey || event.metaKey;
    const place = placeOf(event.target);
    const item = place === null ? undefined : pane.items[place];
    if (item === undefined) {
      const base = isCtrl || event.shiftKey ? now() : { ...NOTHING_SELECTED, focus: now().focus };
      select(id, base);
      beginLasso(event, base);
      return;
    }
    if (event.shiftKey) select(id, extended(now(), pane.items, item.path, isCtrl));
    else if (isCtrl) select(id, toggled(now(), item.path));
    else if (now().paths.has(item.path)) isPending.current = true;
    else select(id, only(item.path));
    const isGrip = event.target instanceof Element && event.target.closest("[data-grip]") !== null;
    if (!isGrip && !isCtrl && !event.shiftKey) beginLasso(event, NOTHING_SELECTED);
  };

  const onClick = (event: MouseEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    const item = place === null ? undefined : pane.items[place];
    if (item === undefined || isOnControl(event.target)) return;
    if (isTouch.current) {
      if (pane.touchSelects) select(id, toggled(now(), item.path));
      else commands.open(item);
    } else if (isPending.current) select(id, only(item.path));
    isPending.current = false;
  };

  const onDoubleClick = (event: MouseEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    const item = place === null ? undefined : pane.items[place];
    if (item !== undefined && !isTouch.current && !isOnControl(event.target) && !event.ctrlKey && !event.shiftKey) commands.open(item);
  };

  /** The menu is about what is under it. */
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    const item = place === null ? undefined : pane.items[place];
    if (item !== undefined && !now().paths.has(item.path)) select(id, only(item.path));
    // By key it is about what is selected.
    else if (item === undefined && event.button === 2) select(id, { ...NOTHING_SELECTED, focus: now().focus });
  };

  const onAuxClick = (event: MouseEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    const item = place === null ? undefined : pane.items[place];
    if (event.button === 1 && item !== undefined && isFolder(item)) commands.openInTab(item.path);
  };

  return { lasso, handlers: { onAuxClick, onPointerDown, onClick, onDoubleClick, onContextMenu } };
}

function isOnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("input, button, [data-divider]") !== null;
}

function isOnScrollbar(event: PointerEvent<HTMLElement>): boolean {
  const element = event.currentTarget;
  const bounds = element.getBoundingClientRect();
  return event.clientX - bounds.left > element.clientWidth || event.clientY - bounds.top > element.clientHeight;
}
