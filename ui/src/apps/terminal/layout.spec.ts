// What tabs and splits do, and that nothing read from storage can do more.
import { describe, expect, it } from "vitest";
import { arranged, neighbour } from "./arrangement";
import { activeTab, NO_TABS, reconciled, terminalsIn, withFocus, withoutTerminal, withRatio, withSplit, withStep, withTab, withTabAt, withTabBeside, type TabSet } from "./layout";
import { readTabs, writeTabs } from "./tabStorage";

const three = (): TabSet => ["a", "b", "c"].reduce(withTab, NO_TABS);
const shape = (set: TabSet) => set.tabs.map((tab) => terminalsIn(tab.root).join("+"));
/** a on the left; b over c on the right. */
const grid = () => withSplit(withSplit(withTab(NO_TABS, "a"), "a", "right", "b"), "b", "bottom", "c");

describe("tabs", () => {
  it("open beside the shown one, and are shown", () => {
    const set = withTab(withFocus(three(), "a"), "d");
    expect(shape(set)).toEqual(["a", "d", "b", "c"]);
    expect(set.active).toBe("d");
  });

  it("give way to the next, or the last, when they close", () => {
    expect(withoutTerminal(withFocus(three(), "b"), "b").active).toBe("c");
    expect(withoutTerminal(three(), "c").active).toBe("b");
    expect(withoutTerminal(withTab(NO_TABS, "a"), "a")).toEqual(NO_TABS);
    expect(withoutTerminal(three(), "a").active).toBe("c");
  });

  it("move, and step round and round", () => {
    expect(shape(withTabAt(three(), "c", 0))).toEqual(["c", "a", "b"]);
    expect(withStep(three(), 1).active).toBe("a");
    expect(withStep(withStep(three(), 1), -1).active).toBe("c");
    expect(withStep(NO_TABS, 1)).toEqual(NO_TABS);
  });

  it("follow the terminals there are", () => {
    const set = reconciled(grid(), ["a", "c", "x"]);
    expect(shape(set)).toEqual(["a+c", "x"]);
    expect(reconciled(set, ["a", "c", "x"])).toBe(set);
    expect(reconciled(set, [])).toEqual(NO_TABS);
    expect(reconciled(NO_TABS, ["a"]).active).toBe("a");
  });
});

describe("splits", () => {
  it("lie where they were asked for", () => {
    expect(arranged(activeTab(grid())?.root ?? { kind: "pane", terminal: "" }).panes).toEqual([
      { terminal: "a", rect: { x: 0, y: 0, width: 50, height: 100 } },
      { terminal: "b", rect: { x: 50, y: 0, width: 50, height: 50 } },
      { terminal: "c", rect: { x: 50, y: 50, width: 50, height: 50 } },
    ]);
    expect(shape(withSplit(withTab(NO_TABS, "a"), "a", "left", "b"))).toEqual(["b+a"]);
  });

  it("close to the pane before, and the tab keeps one id that is its own", () => {
    const set = withoutTerminal(grid(), "a");
    expect(set).toMatchObject({ active: "b", tabs: [{ id: "b", focused: "c" }] });
    expect(withoutTerminal(grid(), "c").tabs[0]?.focused).toBe("b");
  });

  it("take in a whole tab", () => {
    const set = withTabBeside(withTab(grid(), "d"), "d", "a", "top");
    expect(shape(set)).toEqual(["d+a+b+c"]);
    expect(withTabBeside(set, "a", "b", "left")).toBe(set);
  });

  it("keep both sides visible", () => {
    const root = grid().tabs[0]?.root ?? { kind: "pane" as const, terminal: "" };
    expect(withRatio(root, ["second"], 2)).toMatchObject({ second: { ratio: 0.9 } });
    expect(withRatio(root, [], 0.3)).toMatchObject({ ratio: 0.3 });
  });

  it("have neighbours", () => {
    const root = grid().tabs[0]?.root ?? { kind: "pane" as const, terminal: "" };
    expect(neighbour(root, "a", "right")).toBe("b");
    expect(neighbour(root, "c", "left")).toBe("a");
    expect(neighbour(root, "c", "up")).toBe("b");
    expect(neighbour(root, "a", "up")).toBeNull();
    expect(neighbour(root, "gone", "up")).toBeNull();
  });
});

describe("the storage", () => {
  it("gives back what was put in", () => {
    const sets = { web1: grid(), other: three() };
    expect(readTabs(writeTabs(sets))).toEqual(sets);
  });

  it("gives nothing for nonsense", () => {
    for (const odd of ["", "null", "[]", "{}", '{"version":2,"servers":[]}', '{"version":1,"servers":{}}']) expect(readTabs(odd)).toEqual({});
  });

  it("drops what does not hold", () => {
    const pane = (terminal: unknown) => ({ kind: "pane", terminal });
    const split = (first: unknown, second: unknown) => ({ kind: "split", way: "row", ratio: "no", first, second });
    const deep = Array.from({ length: 40 }).reduce<unknown>((tree) => ({ kind: "split", way: "row", ratio: 0.5, first: tree, second: pane(7) }), pane("x"));
    const tabs = [
      { id: "a", root: pane("a"), focused: "elsewhere" },
      { id: "a", root: pane("a"), focused: "a" },
      { id: "n", root: pane(7), focused: "n" },
      { id: "s", root: split(pane("s"), pane("t")), focused: "s" },
      { id: "h", root: { kind: "split", way: "row", ratio: 99, first: pane("h"), second: pane("") }, focused: "h" },
      { id: "r", root: { kind: "split", way: "column", ratio: -1, first: pane("r"), second: pane("q") }, focused: "q" },
      { id: "x", root: deep, focused: "x" },
      null,
    ];
    const text = JSON.stringify({ version: 1, servers: [{ server: "__proto__", tabs }, { server: "constructor", tabs, active: "zzz" }, 3] });
    const read = readTabs(text);
    expect(Object.keys(read)).toEqual(["constructor"]);
    expect(read["constructor"]).toEqual({
      active: "a",
      tabs: [
        { id: "a", root: pane("a"), focused: "a" },
        { id: "h", root: pane("h"), focused: "h" },
        { id: "r", root: { kind: "split", way: "column", ratio: 0.5, first: pane("r"), second: pane("q") }, focused: "q" },
      ],
    });
  });
});
