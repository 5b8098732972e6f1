// Listens for the keys of the desktop; while a dialog is open none of them works but the one that locks.
import { useEffect } from "react";
import { lock } from "../api/program";
import { requestClose } from "./closing";
import { frontWindowElement } from "./frontWindow";
import { stepped } from "./geometry";
import { openDialog, setPanel, showServer, useShell } from "./shell";
import { shortcutOf, type Shortcut } from "./shortcuts";
import { cycleWindows, frontHere, minimize, neighbour, place, raise, setPinned, toggleMaximized, useWorkspaces, windowsHere, type WindowState } from "./workspaces";

export function useDesktopKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event);
      if (shortcut === null) return;
      if (shortcut.kind !== "lock" && hasDialog()) return;
      // Only then, as every key that is typed comes by here.
      if (shortcut.kind === "palette" && isForTerminal(event)) return;
      event.preventDefault();
      event.stopPropagation();
      run(shortcut);
    };
    // Before the controls, of which some take arrow keys with any modifier.
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, []);
}

function hasDialog(): boolean {
  return useShell.getState().dialog !== null || document.querySelector('[role="dialog"][aria-modal="true"], [role="alertdialog"]') !== null;
}

/** Ctrl+K erases to the end of the line in a shell; Ctrl+Alt+P and the Command key are left. */
function isForTerminal({ ctrlKey, altKey, target }: KeyboardEvent): boolean {
  return ctrlKey && !altKey && target instanceof Element && target.closest(".xterm") !== null;
}

function run(shortcut: Shortcut): void {
  const state = useWorkspaces.getState();
  const front = frontHere(state);
  switch (shortcut.kind) {
    case "start":
    case "switcher":
    case "palette":
      setPanel(useShell.getState().panel === shortcut.kind ? null : shortcut.kind);
      return;
    case "lock":
      lock();
      return;
    case "help":
      openDialog({ kind: "shortcuts" });
      return;
    case "cycle":
      cycleWindows(shortcut.isBackwards);
      return;
    case "workspace":
      goTo(state.opened[shortcut.at] ?? null);
      return;
    case "nextWorkspace":
      goTo(neighbour(state, shortcut.isBackwards));
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
    case "beside":
    case "step":
      if (front !== null) runOnWindow(front, shortcut);
      else if (shortcut.kind === "step" && shortcut.arrow === "up") restoreLast();
  }
}

/** Shows it and no more: one who leafs through the servers does not mean to sign in at each, least of all where that failed. */
function goTo(server: string | null): void {
  if (server !== null && server !== useWorkspaces.getState().active) showServer(server);
}

function runOnWindow(window: WindowState, shortcut: Shortcut): void {
  if (shortcut.kind === "minimize") minimize(window);
  if (shortcut.kind === "maximize") toggleMaximized(window);
  if (shortcut.kind === "close") requestClose(window);
  if (shortcut.kind === "beside") setPinned(window, !window.isPinned);
  if (shortcut.kind !== "step") return;
  const next = stepped(window.placement, shortcut.arrow);
  if (next === "minimized") minimize(window);
  else place(window, next);
}

/** Brings back the window minimised last. */
function restoreLast(): void {
  const last = windowsHere(useWorkspaces.getState())[0];
  if (last !== undefined) raise(last);
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
