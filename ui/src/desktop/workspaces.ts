// The windows of every workspace (one for each server), all in one order from back to front; at most one window of an app on a server.
import { create } from "zustand";
import { cascaded, isNarrow, placed, type Area, type Bounds, type Placement } from "./geometry";

/** Which window: an app has one on each server. */
export interface WindowKey {
  server: string;
  /** The app's id. */
  app: string;
}

export interface WindowState extends WindowKey {
  bounds: Bounds;
  placement: Placement;
  isMinimized: boolean;
  /** Stands beside the windows of every other server, too. */
  isPinned: boolean;
}

export interface Workspaces {
  /** The server whose workspace is shown. */
  active: string;
  /** The servers whose workspaces were opened, in the order of the taskbar. */
  opened: readonly string[];
  /** The windows of all workspaces, back to front. */
  windows: readonly WindowState[];
  /** The window that the keys were given to, which may be hidden by now. */
  current: WindowKey | null;
  /** The room windows have, between the strip and the taskbar. */
  area: Area;
  /** Grows whenever the front window is to take the keyboard focus. */
  focusRequests: number;
}

export interface Openable {
  id: string;
  size: Area;
}

export const useWorkspaces = create<Workspaces>(() => ({
  active: "this-computer",
  opened: [],
  windows: [],
  current: null,
  area: { width: 1280, height: 720 },
  focusRequests: 0,
}));

type Shown = Pick<Workspaces, "active" | "windows" | "area" | "current">;

/** The windows of one workspace, back to front. */
export function windowsOf({ windows }: Pick<Workspaces, "windows">, server: string): WindowState[] {
  return windows.filter((window) => window.server === server);
}

/** What has its place on the desktop that is shown: the windows of its server, and those of others that stand beside them. A screen that shows one window at a time has none of others. */
export function windowsHere({ active, windows, area }: Shown): WindowState[] {
  return windows.filter((window) => window.server === active || (window.isPinned && !isNarrow(area)));
}

/** The window that has the keys: the one they were given to, else the one of this server that is before all others. Null when all are minimised or closed. */
export function frontHere(state: Shown): WindowState | null {
  const shown = windowsHere(state).filter((window) => !window.isMinimized);
  const { current, active } = state;
  return shown.find((window) => current !== null && isSame(window, current)) ?? shown.findLast((window) => window.server === active) ?? shown.at(-1) ?? null;
}

export function isSame(one: WindowKey, other: WindowKey): boolean {
  return one.app === other.app && one.server === other.server;
}

/** Goes to a server's workspace; one that was never opened starts with `firstApp`. The keys go to a window of this server: what is typed next must not reach another one. */
export function showWorkspace(server: string, firstApp: Openable): void {
  const isNew = !useWorkspaces.getState().opened.includes(server);
  useWorkspaces.setState((state) => {
    const own = windowsOf(state, server).findLast((window) => !window.isMinimized) ?? null;
    return {
      active: server,
      opened: isNew ? [...state.opened, server] : state.opened,
      current: own,
      focusRequests: state.focusRequests + (own === null ? 0 : 1),
    };
  });
  if (isNew) openApp(firstApp);
}

/** The server of the next workspace in the order of the taskbar, or of the one before; null where there is no other. */
export function neighbour({ active, opened }: Pick<Workspaces, "active" | "opened">, isBackwards: boolean): string | null {
  const at = opened.indexOf(active);
  const next = opened[(at + (isBackwards ? -1 : 1) + opened.length) % opened.length] ?? null;
  return next === active ? null : next;
}

export function forgetWorkspace(server: string): void {
  useWorkspaces.setState(({ opened, windows }) => ({
    opened: opened.filter((each) => each !== server),
    windows: windows.filter((window) => window.server !== server),
  }));
}

/** Opens an app in the shown workspace, or brings its window to the front. */
export function openApp(app: Openable): void {
  openOn(useWorkspaces.getState().active, app, false);
}

/** Opens an app on another server and keeps it beside the workspace that is shown. */
export function openBeside(server: string, app: Openable): void {
  openOn(server, app, true);
}

/** Brings a window to the front and gives it the focus. */
export function raise(key: WindowKey): void {
  change((windows) => toFront(windows, key, { isMinimized: false }), { current: key, takesFocus: true });
}

/** Brings a window to the front after a press inside it; the focus is already on its way. */
export function bringToFront(key: WindowKey): void {
  const { windows, current } = useWorkspaces.getState();
  const last = windows.at(-1);
  if (last !== undefined && isSame(last, key) && current !== null && isSame(current, key)) return;
  change((all) => toFront(all, key, {}), { current: key, takesFocus: false });
}

export function closeWindow(key: WindowKey): void {
  change((windows) => windows.filter((each) => !isSame(each, key)), { current: null, takesFocus: true });
}

/** Minimises a window and puts it behind the others. */
export function minimize(key: WindowKey): void {
  change(
    (windows) => {
      const window = windows.find((each) => isSame(each, key));
      return window === undefined ? windows : [{ ...window, isMinimized: true }, ...windows.filter((each) => each !== window)];
    },
    { current: null, takesFocus: true },
  );
}

export function place(key: WindowKey, placement: Placement, bounds?: Bounds): void {
  update(key, (window) => ({ ...window, placement, bounds: bounds ?? window.bounds }));
}

export function toggleMaximized(key: WindowKey): void {
  update(key, (window) => ({ ...window, placement: window.placement === "maximized" ? "normal" : "maximized" }));
}

/** Lets a window stand beside those of other servers, or takes it back into its own workspace. */
export function setPinned(key: WindowKey, isPinned: boolean): void {
  update(key, (window) => ({ ...window, isPinned }));
}

/** Gives the focus to the window behind all others that is not minimised, or with `isBackwards` to the second from the front. */
export function cycleWindows(isBackwards: boolean): void {
  const state = useWorkspaces.getState();
  const front = frontHere(state);
  const others = windowsHere(state).filter((window) => !window.isMinimized && window !== front);
  const next = isBackwards ? others.at(-1) : others.at(0);
  if (front === null || next === undefined) return;
  // Backwards the front window goes to the very back, so that going on leads through all of them.
  if (isBackwards) change((windows) => [front, ...windows.filter((each) => each !== front)], { current: null, takesFocus: false });
  else change((windows) => toFront(windows, front, {}), { current: front, takesFocus: false });
  raise(next);
}

/** Where a window is at the moment. */
export function currentBounds(window: WindowState, area: Area): Bounds {
  return placed(window.placement, window.bounds, area);
}

function openOn(server: string, app: Openable, isPinned: boolean): void {
  const state = useWorkspaces.getState();
  const key = { server, app: app.id };
  if (state.windows.some((window) => isSame(window, key))) {
    if (isPinned) setPinned(key, true);
    raise(key);
    return;
  }
  const taken = windowsHere(state).map((window) => window.bounds);
  const opened: WindowState = { ...key, bounds: cascaded(app.size, taken, state.area), placement: "normal", isMinimized: false, isPinned };
  change((windows) => [...windows, opened], { current: key, takesFocus: true });
}

function toFront(windows: readonly WindowState[], key: WindowKey, changed: Partial<WindowState>): readonly WindowState[] {
  const window = windows.find((each) => isSame(each, key));
  return window === undefined ? windows : [...windows.filter((each) => each !== window), { ...window, ...changed }];
}

function update(key: WindowKey, next: (window: WindowState) => WindowState): void {
  useWorkspaces.setState(({ windows }) => ({ windows: windows.map((window) => (isSame(window, key) ? next(window) : window)) }));
}

function change(next: (windows: readonly WindowState[]) => readonly WindowState[], { current, takesFocus }: { current: WindowKey | null; takesFocus: boolean }): void {
  useWorkspaces.setState((state) => ({
    windows: next(state.windows),
    current: current === null ? null : { server: current.server, app: current.app },
    focusRequests: state.focusRequests + (takesFocus ? 1 : 0),
  }));
}
