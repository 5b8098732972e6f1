// Holds the order of windows: what opens, closes and cycles, that each server keeps its own, and what stands beside the others.
import { beforeEach, expect, it } from "vitest";
import * as workspaces from "./workspaces";

const dashboard = { id: "dashboard", size: { width: 800, height: 500 } };
const servers = { id: "servers", size: { width: 600, height: 400 } };
const state = () => workspaces.useWorkspaces.getState();
const here = (app: string) => ({ server: state().active, app });
const order = () => workspaces.windowsOf(state(), state().active).map((window) => (window.isMinimized ? `(${window.app})` : window.app));
const front = () => {
  const window = workspaces.frontHere(state());
  return window === null ? null : `${window.server} ${window.app}`;
};

beforeEach(() => {
  workspaces.useWorkspaces.setState({ active: "a", opened: ["a"], windows: [], current: null, area: { width: 1440, height: 849 }, focusRequests: 0 });
  workspaces.openApp(dashboard);
  workspaces.openApp(servers);
});

it("opens in front, once", () => {
  expect(order()).toEqual(["dashboard", "servers"]);
  workspaces.openApp(dashboard);
  expect(order()).toEqual(["servers", "dashboard"]);
});

it("minimises to the back and comes back in front", () => {
  workspaces.minimize(here("servers"));
  expect(order()).toEqual(["(servers)", "dashboard"]);
  workspaces.raise(here("servers"));
  expect(order()).toEqual(["dashboard", "servers"]);
});

it("cycles forward through all windows and backward again", () => {
  workspaces.openApp({ id: "third", size: servers.size });
  workspaces.cycleWindows(false);
  expect(order()).toEqual(["servers", "third", "dashboard"]);
  workspaces.cycleWindows(true);
  expect(order()).toEqual(["dashboard", "servers", "third"]);
});

it("keeps one set of windows for each server, the first opened with an app", () => {
  workspaces.showWorkspace("b", dashboard);
  expect(order()).toEqual(["dashboard"]);
  workspaces.closeWindow(here("dashboard"));
  workspaces.showWorkspace("a", dashboard);
  expect(order()).toEqual(["dashboard", "servers"]);
  workspaces.showWorkspace("b", dashboard);
  expect(order()).toEqual([]);
  workspaces.showWorkspace("a", dashboard);
  workspaces.forgetWorkspace("b");
  workspaces.showWorkspace("b", dashboard);
  expect(order()).toEqual(["dashboard"]);
  expect(state().opened).toEqual(["a", "b"]);
});

it("asks for the focus when the front window changes by itself", () => {
  const before = state().focusRequests;
  workspaces.closeWindow(here("servers"));
  expect(state().focusRequests).toBe(before + 1);
  workspaces.place(here("dashboard"), "left");
  expect(state().focusRequests).toBe(before + 1);
});

it("shows a pinned window in every workspace, and an unpinned one in its own alone", () => {
  workspaces.setPinned(here("servers"), true);
  workspaces.showWorkspace("b", dashboard);
  expect(workspaces.windowsHere(state()).map(({ server, app }) => `${server} ${app}`)).toEqual(["a servers", "b dashboard"]);
  workspaces.setPinned({ server: "a", app: "servers" }, false);
  expect(workspaces.windowsHere(state())).toHaveLength(1);
});

it("has nothing beside where there is room for one window", () => {
  workspaces.setPinned(here("servers"), true);
  workspaces.showWorkspace("b", dashboard);
  workspaces.useWorkspaces.setState({ area: { width: 390, height: 700 } });
  expect(workspaces.windowsHere(state()).map(({ server }) => server)).toEqual(["b"]);
});

it("gives the keys to a window of the server one goes to, even below one that is kept beside it", () => {
  workspaces.showWorkspace("b", dashboard);
  workspaces.showWorkspace("a", dashboard);
  workspaces.setPinned(here("servers"), true);
  workspaces.raise(here("servers"));
  workspaces.showWorkspace("b", dashboard);
  expect(state().windows.at(-1)?.server).toBe("a");
  expect(front()).toBe("b dashboard");
  workspaces.bringToFront({ server: "a", app: "servers" });
  expect(front()).toBe("a servers");
  workspaces.closeWindow({ server: "a", app: "servers" });
  expect(front()).toBe("b dashboard");
});

it("cycles through the windows of all servers that are shown", () => {
  workspaces.setPinned(here("servers"), true);
  workspaces.showWorkspace("b", dashboard);
  const seen = [front()];
  for (let step = 0; step < 2; step += 1) {
    workspaces.cycleWindows(false);
    seen.push(front());
  }
  expect(seen).toEqual(["b dashboard", "a servers", "b dashboard"]);
});

it("opens an app beside, and pins the window that is there already", () => {
  workspaces.showWorkspace("b", dashboard);
  workspaces.openBeside("a", dashboard);
  expect(state().active).toBe("b");
  expect(front()).toBe("a dashboard");
  expect(workspaces.windowsOf(state(), "a").map(({ isPinned }) => isPinned)).toEqual([false, true]);
});

it("finds the next and the previous workspace around the end", () => {
  expect(workspaces.neighbour(state(), false)).toBeNull();
  workspaces.showWorkspace("b", dashboard);
  workspaces.showWorkspace("c", dashboard);
  expect(workspaces.neighbour(state(), false)).toBe("a");
  expect(workspaces.neighbour(state(), true)).toBe("b");
});
