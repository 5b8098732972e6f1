// Holds the order of windows: what opens, closes and cycles, and that each server keeps its own.
import { beforeEach, expect, it } from "vitest";
import * as workspaces from "./workspaces";

const dashboard = { id: "dashboard", size: { width: 800, height: 500 } };
const servers = { id: "servers", size: { width: 600, height: 400 } };
const order = () => {
  const state = workspaces.useWorkspaces.getState();
  return workspaces.windowsOf(state, state.active).map((window) => (window.isMinimized ? `(${window.app})` : window.app));
};

beforeEach(() => {
  workspaces.useWorkspaces.setState({ active: "a", windows: {}, area: { width: 1440, height: 849 }, focusRequests: 0 });
  workspaces.openApp(dashboard);
  workspaces.openApp(servers);
});

it("opens in front, once", () => {
  expect(order()).toEqual(["dashboard", "servers"]);
  workspaces.openApp(dashboard);
  expect(order()).toEqual(["servers", "dashboard"]);
});

it("minimises to the back and comes back in front", () => {
  workspaces.minimize("servers");
  expect(order()).toEqual(["(servers)", "dashboard"]);
  workspaces.raise("servers");
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
  workspaces.closeWindow("dashboard");
  workspaces.showWorkspace("a", dashboard);
  expect(order()).toEqual(["dashboard", "servers"]);
  workspaces.showWorkspace("b", dashboard);
  expect(order()).toEqual([]);
  workspaces.forgetWorkspace("b");
  workspaces.showWorkspace("b", dashboard);
  expect(order()).toEqual(["dashboard"]);
});

it("asks for the focus when the front window changes by itself", () => {
  const before = workspaces.useWorkspaces.getState().focusRequests;
  workspaces.closeWindow("servers");
  expect(workspaces.useWorkspaces.getState().focusRequests).toBe(before + 1);
  workspaces.place("dashboard", "left");
  expect(workspaces.useWorkspaces.getState().focusRequests).toBe(before + 1);
});
