// Scrolling by a finger, which xterm does not know: through the lines, or as wheel steps where a program has the whole screen.
import type { Terminal } from "@xterm/xterm";

/** Listens until the returned function is called. */
export function scrollByTouch(host: HTMLElement, term: Terminal): () => void {
  let finger: { id: number; y: number } | null = null;

  const onDown = (event: PointerEvent) => {
    if (event.pointerType === "touch" && event.isPrimary) finger = { id: event.pointerId, y: event.clientY };
  };
  const onMove = (event: PointerEvent) => {
    if (finger === null || event.pointerId !== finger.id) return;
    const lineHeight = Math.max(1, (host.querySelector<HTMLElement>(".xterm-screen")?.offsetHeight ?? 0) / term.rows);
    const lines = Math.trunc((finger.y - event.clientY) / lineHeight);
    if (lines === 0) return;
    finger.y -= lines * lineHeight;
    const isPlain = term.buffer.active.type === "normal" && term.modes.mouseTrackingMode === "none";
    if (isPlain) term.scrollLines(lines);
    else turnWheel(term, lines, event);
  };
  const onUp = () => {
    finger = null;
  };
  host.addEventListener("pointerdown", onDown);
  host.addEventListener("pointermove", onMove);
  host.addEventListener("pointerup", onUp);
  host.addEventListener("pointercancel", onUp);
  return () => {
    host.removeEventListener("pointerdown", onDown);
    host.removeEventListener("pointermove", onMove);
    host.removeEventListener("pointerup", onUp);
    host.removeEventListener("pointercancel", onUp);
  };
}

function turnWheel(term: Terminal, lines: number, { clientX, clientY }: PointerEvent): void {
  const step = { deltaY: Math.sign(lines), deltaMode: WheelEvent.DOM_DELTA_LINE, clientX, clientY, bubbles: true, cancelable: true };
  for (let turn = 0; turn < Math.abs(lines); turn += 1) term.element?.dispatchEvent(new WheelEvent("wheel", step));
}
