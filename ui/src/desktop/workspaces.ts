// The windows of every workspace (one for each server), back to front; at most one window of an app in a workspace.
import { create } from "zustand";
import { cascaded, placed, type Area, type Bounds, type Placement } from "./geometry";

export interface WindowState {
  /** The app's id; also the window's, as an app has one window in a workspace. */
  app: string;
  bounds: Bounds;
  placement: Placement;
  isMinimized: boolean;
}

export interface Workspaces {
  /** The server whose workspace is shown. */
  active: string;
  /** By server id; a server without an entry has never been opened. */
  windows: Readonly<Record<string, readonly WindowState[]>>;
  /** The room windows have, between the strip and the taskbar. */
  area: Area;
  /** Grows whenever the front window is to take the keyboard focus. */
  focusRequests: number;
}

const NONE: readonly WindowState[] = [];

export const useWorkspaces = create<Workspaces>(() => ({
  active: "this-computer",
  windows: {},
  area: { width: 1280, height: 720 },
  focusRequests: 0,
}));

/** The windows of one workspace, back to front. */
export function windowsOf(state: Workspaces, server: string): readonly WindowState[] {
  return Object.hasOwn(state.windows, server) ? (state.windows[server] ?? NONE) : NONE;
}

/** The front window of a workspace, null when all are minimised or closed. */
export function frontOf(windows: readonly WindowState[]): WindowState | null {
  return windows.findLast((window) => !window.isMinimized) ?? null;
}

/** Goes to a server's workspace. One that was never opened starts with `firstApp`. */
export function showWorkspace(server: string, firstApp: { id: string; size: Area }): void {
  const isNew = !Object.hasOwn(useWorkspaces.getState().windows, server);
  useWorkspaces.setState((state) => ({ active: server, focusRequests: state.focusRequests + 1 }));
  if (isNew) openApp(firstApp);
}

export function forgetWorkspace(server: string): void {
  useWorkspaces.setState((state) => ({
    windows: Object.fromEntries(Object.entries(state.windows).filter(([id]) => id !== server)),
  }));
}

/** Opens an app in the shown workspace, or brings its window to the front. */
export function openApp(app: { id: string; size: Area }): void {
  const state = useWorkspaces.getState();
  const windows = windowsOf(state, state.active);
  if (windows.some((window) => window.app === app.id)) {
    raise(app.id);
    return;
  }
  const taken = windows.map((window) => window.bounds);
  const opened: WindowState = { app: app.id, bounds: cascaded(app.size, taken, state.area), placement: "normal", isMinimized: false };
  change(() => [...windows, opened], true);
}

/** Brings a window to the front and gives it the focus. */
export function raise(app: string): void {
  change((windows) => {
    const window = windows.find((each) => each.app === app);
    if (window === undefined) return windows;
    return [...windows.filter((each) => each !== window), { ...window, isMinimized: false }];
  }, true);
}

/** Brings a window to the front after a press inside it; the focus is already on its way. */
export function bringToFront(app: string): void {
  const state = useWorkspaces.getState();
  const windows = windowsOf(state, state.active);
  if (windows.at(-1)?.app === app) return;
  change(() => [...windows.filter((each) => each.app !== app), ...windows.filter((each) => each.app === app)], false);
}

export function closeWindow(app: string): void {
  change((windows) => windows.filter((each) => each.app !== app), true);
}

/** Minimises a window and puts it behind the others. */
export function minimize(app: string): void {
  change((windows) => {
    const window = windows.find((each) => each.app === app);
    if (window === undefined) return windows;
    return [{ ...window, isMinimized: true }, ...windows.filter((each) => each !== window)];
  }, true);
}

export function place(app: string, placement: Placement, bounds?: Bounds): void {
  update(app, (window) => ({ ...window, placement, bounds: bounds ?? window.bounds }));
}

export function toggleMaximized(app: string): void {
  update(app, (window) => ({ ...window, placement: window.placement === "maximized" ? "normal" : "maximized" }));
}

/** Gives the focus to the window behind all others that is not minimised, or with `isBackwards` to the second from the front. */
export function cycleWindows(isBackwards: boolean): void {
  const state = useWorkspaces.getState();
  const shown = windowsOf(state, state.active).filter((window) => !window.isMinimized);
  const next = isBackwards ? shown.at(-2) : shown.at(0);
  const front = shown.at(-1);
  if (next !== undefined) {
    if (isBackwards && front !== undefined) change((windows) => [front, ...windows.filter((each) => each !== front)], false);
    raise(next.app);
  }
}

/** Where a window is at the moment. */
export function currentBounds(window: WindowState, area: Area): Bounds {
  return placed(window.placement, window.bounds, area);
}

function update(app: string, next: (window: WindowState) => WindowState): void {
  change((windows) => windows.map((window) => (window.app === app ? next(window) : window)), false);
}

function change(next: (windows: readonly WindowState[]) => readonly WindowState[], takesFocus: boolean): void {
  useWorkspaces.setState((state) => ({
    windows: { ...state.windows, [state.active]: next(windowsOf(state, state.active)) },
    focusRequests: state.focusRequests + (takesFocus ? 1 : 0),
  }));
}
