// A window that is about to be closed tells its app first, by an event on its frame; the app may hold it and close it later.

const NAME = "headlessos:close";

/** Whether the window may close now; an app that holds it calls `close` itself. */
export function mayClose(frame: Element | null, close: () => void): boolean {
  return frame?.dispatchEvent(new CustomEvent(NAME, { cancelable: true, detail: { close } })) ?? true;
}

/** Calls `onClose` before the window around `inside` closes; `hold` keeps it open. Gives what stops it. */
export function onWindowClose(inside: Element, onClose: (hold: () => void, close: () => void) => void): () => void {
  const frame = inside.closest("[data-window]");
  const listener = (event: Event) => {
    if (!(event instanceof CustomEvent)) return;
    const detail: unknown = event.detail;
    if (typeof detail !== "object" || detail === null || !("close" in detail) || typeof detail.close !== "function") return;
    const { close } = detail;
    onClose(
      () => event.preventDefault(),
      () => void close(),
    );
  };
  frame?.addEventListener(NAME, listener);
  return () => frame?.removeEventListener(NAME, listener);
}
