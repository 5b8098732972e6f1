// Listens for the keys of the desktop; while a dialog is open none of them works.
import { useEffect } from "react";
import { requestClose } from "./closing";
import { frontWindowElement } from "./frontWindow";
import { stepped } from "./geometry";
import { openDialog, setPanel, useShell } from "./shell";
import { shortcutOf, type Shortcut } from "./shortcuts";
import { cycleWindows, frontOf, minimize, openApp, place, toggleMaximized, useWorkspaces, windowsOf } from "./workspaces";

export function useDesktopKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event);
      if (shortcut === null || useShell.getState().dialog !== null) return;
      // Only then, as every key that is typed comes by here.
      if (document.querySelector('[role="dialog"][aria-modal="true"], [role="alertdialog"]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      run(shortcut);
    };
    // Before the controls, of which some take arrow keys with any modifier.
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, []);
}

function run(shortcut: Shortcut): void {
  const state = useWorkspaces.getState();
  const front = frontOf(windowsOf(state, state.active));
  switch (shortcut.kind) {
    case "start":
    case "switcher":
      setPanel(useShell.getState().panel === shortcut.kind ? null : shortcut.kind);
      return;
    case "help":
      openDialog({ kind: "shortcuts" });
      return;
    case "cycle":
      cycleWindows(shortcut.isBackwards);
      return;
    case "region":
      focusNextRegion(shortcut.isBackwards);
      return;
    case "windowMenu":
      frontWindowElement()?.querySelector<HTMLElement>("[data-window-menu]")?.click();
      return;
    case "minimize":
    case "maximize":
    case "close":
    case "step":
      if (front !== null) runOnWindow(front.app, shortcut);
      else if (shortcut.kind === "step" && shortcut.arrow === "up") restoreLast();
  }
}

function runOnWindow(app: string, shortcut: Extract<Shortcut, { kind: "minimize" | "maximize" | "close" | "windowMenu" | "step" | "start" | "switcher" | "help" }>): void {
  if (shortcut.kind === "minimize") minimize(app);
  if (shortcut.kind === "maximize") toggleMaximized(app);
  if (shortcut.kind === "close") requestClose(app);
  if (shortcut.kind !== "step") return;
  const state = useWorkspaces.getState();
  const window = windowsOf(state, state.active).find((each) => each.app === app);
  if (window === undefined) return;
  const next = stepped(window.placement, shortcut.arrow);
  if (next === "minimized") minimize(app);
  else place(app, next);
}

/** Brings back the window minimised last. */
function restoreLast(): void {
  const state = useWorkspaces.getState();
  const last = windowsOf(state, state.active)[0];
  if (last !== undefined) openApp({ id: last.app, size: last.bounds });
}

function focusNextRegion(isBackwards: boolean): void {
  const icons = document.querySelector<HTMLElement>('[aria-label="Desktop icons"] button[tabindex="0"]');
  const taskbar = document.querySelector<HTMLElement>('[aria-label="Taskbar"]');
  const regions = [frontWindowElement(), taskbar, icons].filter((region) => region !== null);
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const next = (current + (isBackwards ? -1 : 1) + regions.length) % regions.length;
  const region = regions[next];
  (region === taskbar ? region?.querySelector<HTMLElement>("button") : region)?.focus({ preventScroll: true });
}
