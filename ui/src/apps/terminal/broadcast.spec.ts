// Who hears what is typed is decided by the tabs and terminals there are at the moment.
import { expect, it, vi } from "vitest";

// The pane itself needs a browser; only the choice of listeners is looked at here.
vi.mock("./paneSession", () => ({ panes: new Map() }));
const { listenersOf } = await import("./broadcast");
const { NO_TABS, withSplit, withTab } = await import("./layout");

const tab = withSplit(withTab(NO_TABS, "a"), "a", "right", "b").tabs[0] ?? null;
const all = ["a", "b", "c"];

it("means the shown tab, the server, or those that were chosen and are still there", () => {
  expect(listenersOf(null, tab, all)).toEqual([]);
  expect(listenersOf({ kind: "tab" }, tab, all)).toEqual(["a", "b"]);
  expect(listenersOf({ kind: "server" }, tab, all)).toEqual(all);
  expect(listenersOf({ kind: "chosen", terminals: ["a", "gone", "c"] }, tab, all)).toEqual(["a", "c"]);
});

it("is nobody where there would be one alone", () => {
  expect(listenersOf({ kind: "chosen", terminals: ["a"] }, tab, all)).toEqual([]);
  expect(listenersOf({ kind: "tab" }, null, all)).toEqual([]);
});
