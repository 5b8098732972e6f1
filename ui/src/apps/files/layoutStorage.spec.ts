// Holds that tabs come back, and that nothing else does.
import { expect, it } from "vitest";
import { readLayouts, writeLayouts } from "./layoutStorage";

it("reads what it wrote", () => {
  const tab = (id: string, path: string) => ({ id, path, back: [], forward: [] });
  const layouts = { web1: { panes: [{ tabs: [tab("a", "~"), tab("b", "/etc")], active: "b" }, { tabs: [tab("c", "/")], active: "c" }], active: 1 } };
  expect(readLayouts(writeLayouts(layouts))).toEqual({ web1: { panes: [{ paths: ["~", "/etc"], active: 1 }, { paths: ["/"], active: 0 }], active: 1 } });
});

it("drops what does not hold", () => {
  expect(readLayouts("nonsense")).toEqual({});
  const servers = [{ server: "web1", panes: [{ paths: ["etc", 4, "/ok"], active: 9 }, { paths: [] }], active: 1 }, { server: 3, panes: [] }];
  expect(readLayouts(JSON.stringify({ version: 1, servers }))).toEqual({ web1: { panes: [{ paths: ["/ok"], active: 0 }], active: 0 } });
});
