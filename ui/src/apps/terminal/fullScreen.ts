// Full screen with the keys that a browser otherwise keeps to itself, where it can give them away.
import { useSyncExternalStore } from "react";

interface KeyboardLock {
  lock: () => Promise<void>;
}

/** Whether the page has a window of its own, without the browser's tabs. */
export function isAppWindow(): boolean {
  return window.matchMedia("(display-mode: standalone), (display-mode: minimal-ui), (display-mode: window-controls-overlay)").matches;
}

export function canLockKeys(): boolean {
  return keyboard() !== null;
}

/** Fills the screen and takes all keys, or gives both back. */
export async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement !== null) {
    await document.exitFullscreen();
    return;
  }
  await document.documentElement.requestFullscreen();
  await keyboard()?.lock();
}

export function useIsFullScreen(): boolean {
  return useSyncExternalStore(
    (notify) => {
      document.addEventListener("fullscreenchange", notify);
      return () => document.removeEventListener("fullscreenchange", notify);
    },
    () => document.fullscreenElement !== null,
  );
}

function keyboard(): KeyboardLock | null {
  const found: unknown = Reflect.get(navigator, "keyboard");
  return isLock(found) ? found : null;
}

function isLock(value: unknown): value is KeyboardLock {
  return typeof value === "object" && value !== null && "lock" in value && typeof value.lock === "function";
}
