// Holds that a layout comes back as it was, also one written in the form of before, and that nothing else gets in.
import { expect, it } from "vitest";
import { readLayout, writeLayout, type Layout } from "./layoutStorage";

const isApp = (id: string) => id === "dashboard";
const bounds = { x: 1, y: 2, width: 300, height: 200 };
const good = { server: "web1", app: "dashboard", bounds, placement: "left", isMinimized: false, isPinned: true } as const;
const layout: Layout = { active: "web1", opened: ["web1", "box"], windows: [good] };

it("comes back as it was", () => {
  expect(readLayout(writeLayout(layout), isApp)).toEqual(layout);
});

it("drops windows that do not hold", () => {
  const windows = [
    { ...good, app: "gone" },
    { ...good, server: "never-opened" },
    { ...good, server: 7 },
    { ...good, bounds: { ...bounds, x: "1" } },
    { ...good, bounds: { ...bounds, width: null } },
    { ...good, placement: "sideways" },
    { ...good, isMinimized: 1 },
    null,
    good,
    { ...good, placement: "right" },
  ];
  const text = JSON.stringify({ version: 2, active: "web1", opened: ["web1", "web1", 7, "__proto__"], windows });
  expect(readLayout(text, isApp)).toEqual({ active: "web1", opened: ["web1"], windows: [good] });
});

it("reads the form of before", () => {
  const { server, isPinned: _, ...window } = good;
  const text = JSON.stringify({ version: 1, active: "web1", workspaces: [{ server, windows: [window, { ...window, app: "gone" }] }, { server: 7 }, { server: "box", windows: [] }] });
  expect(readLayout(text, isApp)).toEqual({ active: "web1", opened: ["web1", "box"], windows: [{ ...good, isPinned: false }] });
});

it.each(["", "null", "[]", "{", '{"version":3,"active":"a","opened":[],"windows":[]}', '{"version":2,"active":"","opened":[],"windows":[]}', '{"version":1,"active":"a"}', '{"version":2,"active":"a","windows":[]}'])(
  "takes %j for no layout",
  (text) => expect(readLayout(text, isApp)).toBeNull(),
);
