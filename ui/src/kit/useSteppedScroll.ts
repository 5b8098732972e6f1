// Scrolls what is far too long for a browser's own scrolling: wheel, keys and touch go row by row, the scrollbar goes by share of the whole.
import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from "react";
import { clamp } from "../lib/numbers";

export interface SteppedScroll {
  /** Where it is, 0 to 1. */
  fraction: number;
  rowHeight: number;
  /** Rows that fit. */
  pageRows: number;
  onStep: (rows: number) => void;
  /** To a share of the whole; exactly 0 and 1 are the ends. */
  onJump: (fraction: number) => void;
}

const LINE_MODE = 1;

export function useSteppedScroll(host: RefObject<HTMLElement | null>, { fraction, rowHeight, pageRows, onStep, onJump }: SteppedScroll): void {
  /** What this hook scrolled to itself. */
  const own = useRef(0);
  const rest = useRef(0);
  const finger = useRef<number | null>(null);

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const room = element.scrollHeight - element.clientHeight;
    own.current = Math.round(clamp(fraction, 0, 1) * room);
    if (Math.abs(element.scrollTop - own.current) > 1) element.scrollTo({ top: own.current });
  });

  const move = (pixels: number) => {
    rest.current += pixels / rowHeight;
    const rows = Math.trunc(rest.current);
    rest.current -= rows;
    if (rows !== 0) onStep(rows);
  };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    move(event.deltaMode === LINE_MODE ? event.deltaY * rowHeight : event.deltaY);
  });
  const onTouch = useEffectEvent((event: TouchEvent) => {
    const y = event.touches[0]?.clientY ?? null;
    if (event.type === "touchmove" && y !== null && finger.current !== null) move(finger.current - y);
    finger.current = event.type === "touchend" ? null : y;
  });
  const onScroll = useEffectEvent(() => {
    const element = host.current;
    if (element === null || Math.abs(element.scrollTop - own.current) <= 1) return;
    own.current = element.scrollTop;
    const room = element.scrollHeight - element.clientHeight;
    if (room > 0) onJump(element.scrollTop >= room - 1 ? 1 : element.scrollTop <= 1 ? 0 : element.scrollTop / room);
  });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.target !== host.current || event.altKey || event.metaKey) return;
    const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: 1 - pageRows, PageDown: pageRows - 1, " ": event.shiftKey ? 1 - pageRows : pageRows - 1 };
    const step = steps[event.key];
    if (step !== undefined && !event.ctrlKey) onStep(step);
    else if (event.key === "Home") onJump(0);
    else if (event.key === "End") onJump(1);
    else return;
    event.preventDefault();
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const listeners: [string, EventListener, AddEventListenerOptions?][] = [
      ["wheel", (event) => event instanceof WheelEvent && onWheel(event), { passive: false }],
      ["scroll", () => onScroll()],
      ["keydown", (event) => event instanceof KeyboardEvent && onKey(event)],
      ...["touchstart", "touchmove", "touchend"].map((name): [string, EventListener, AddEventListenerOptions] => [name, (event) => event instanceof TouchEvent && onTouch(event), { passive: true }]),
    ];
    for (const [name, listener, options] of listeners) element.addEventListener(name, listener, options);
    return () => {
      for (const [name, listener] of listeners) element.removeEventListener(name, listener);
    };
  }, [host]);
}
