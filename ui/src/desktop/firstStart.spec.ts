// A desktop that comes back is as this page left it, whatever another page stored meanwhile.
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const connect = vi.fn(() => Promise.resolve());
vi.mock("../api/servers", () => ({ connect, THIS_COMPUTER: "this-computer" }));
vi.mock("../apps/dashboard/manifest", () => ({ dashboard: { id: "dashboard", size: { width: 800, height: 600 } } }));
vi.mock("../apps/index", () => ({ findApp: (id: string) => ({ id }) }));

const server = (id: string) => ({ id, state: { status: "disconnected" } as const });
const home = server("this-computer");
let stored: string | null;

/** A page that is loaded anew. */
async function page() {
  vi.resetModules();
  const { startOnce, forgetGone } = await import("./firstStart");
  const { useWorkspaces, closeWindow } = await import("./workspaces");
  const { writeLayout } = await import("./layoutStorage");
  const shown = () => useWorkspaces.getState().windows.map((window) => `${window.app} of ${window.server}`);
  return { startOnce, forgetGone, useWorkspaces, closeWindow, writeLayout, shown };
}

beforeEach(() => {
  stored = null;
  connect.mockClear();
  vi.stubGlobal("window", { localStorage: { getItem: () => stored } });
});
afterEach(() => vi.unstubAllGlobals());

it("opens This computer's dashboard and connects, or brings back what was stored", async () => {
  const first = await page();
  first.startOnce([home], home);
  expect(first.shown()).toEqual(["dashboard of this-computer"]);
  expect(connect).toHaveBeenCalledTimes(1);
  const web1 = server("web1");
  first.useWorkspaces.setState({ active: "web1", opened: ["web1"], windows: first.useWorkspaces.getState().windows.map((window) => Object.assign({}, window, { server: "web1" })) });
  stored = first.writeLayout(first.useWorkspaces.getState());
  const second = await page();
  second.startOnce([home, web1], home);
  expect(second.shown()).toEqual(["dashboard of web1"]);
  expect(connect).toHaveBeenCalledTimes(1);
});

it("leaves a desktop that comes back as it was left, and disconnected what was", async () => {
  const { startOnce, shown, closeWindow, useWorkspaces, writeLayout } = await page();
  startOnce([home], home);
  stored = writeLayout(useWorkspaces.getState());
  closeWindow({ server: home.id, app: "dashboard" });
  startOnce([home], home);
  expect(shown()).toEqual([]);
  expect(connect).toHaveBeenCalledTimes(1);
});

it("comes home from a server that was removed while there was no desktop", async () => {
  const { startOnce, forgetGone, useWorkspaces, shown } = await page();
  const web1 = server("web1");
  startOnce([home, web1], home);
  forgetGone([home, web1], home);
  useWorkspaces.setState(({ opened }) => ({ active: "web1", opened: [...opened, "web1"] }));
  startOnce([home], home);
  forgetGone([home], home);
  const { active, opened } = useWorkspaces.getState();
  expect([active, opened, shown()]).toEqual(["this-computer", ["this-computer"], ["dashboard of this-computer"]]);
});
