// Holds that a layout comes back as it was, and that nothing else gets in.
import { expect, it } from "vitest";
import { readLayout, writeLayout, type Layout } from "./layoutStorage";

const isApp = (id: string) => id === "dashboard";
const bounds = { x: 1, y: 2, width: 300, height: 200 };
const layout: Layout = {
  active: "web1",
  windows: { web1: [{ app: "dashboard", bounds, placement: "left", isMinimized: false }], box: [] },
};

it("comes back as it was", () => {
  expect(readLayout(writeLayout(layout), isApp)).toEqual(layout);
});

it("drops windows that do not hold", () => {
  const good = { app: "dashboard", bounds, placement: "normal", isMinimized: true };
  const windows = [
    { ...good, app: "gone" },
    { ...good, bounds: { ...bounds, x: "1" } },
    { ...good, bounds: { ...bounds, width: null } },
    { ...good, placement: "sideways" },
    { ...good, isMinimized: 1 },
    null,
    good,
    { ...good, placement: "left" },
  ];
  const text = JSON.stringify({ version: 1, active: "web1", workspaces: [{ server: "web1", windows }, { server: 7 }, { server: "__proto__", windows }] });
  const read = readLayout(text, isApp);
  expect(read).toEqual({ active: "web1", windows: { web1: [good] } });
  expect(Object.getPrototypeOf(read?.windows)).toBe(Object.prototype);
});

it.each(["", "null", "[]", "{", '{"version":2,"active":"a","workspaces":[]}', '{"version":1,"active":"","workspaces":[]}', '{"version":1,"active":"a"}'])(
  "takes %j for no layout",
  (text) => expect(readLayout(text, isApp)).toBeNull(),
);
