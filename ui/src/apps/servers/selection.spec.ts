// Holds how servers are chosen by pointer and keys.
import { expect, it } from "vitest";
import { NOTHING, pick } from "./selection";

const rows = [
  { id: "server a", server: "a" },
  { id: "folder x", server: null },
  { id: "server b", server: "b" },
  { id: "server c", server: "c" },
];
const one = pick(rows, NOTHING, "server a", "one");

it("chooses one, more and fewer", () => {
  expect([...one.ids]).toEqual(["a"]);
  const two = pick(rows, one, "server c", "toggle");
  expect([...two.ids]).toEqual(["a", "c"]);
  expect([...pick(rows, two, "server a", "toggle").ids]).toEqual(["c"]);
});

it("chooses a range over a folder, in both directions", () => {
  expect([...pick(rows, one, "server c", "range").ids]).toEqual(["a", "b", "c"]);
  const last = pick(rows, NOTHING, "server c", "one");
  expect([...pick(rows, last, "server b", "range").ids]).toEqual(["b", "c"]);
});

it("gives a folder the focus and chooses nothing", () => {
  expect(pick(rows, one, "folder x", "one")).toEqual({ ids: new Set(), focus: "folder x", anchor: "folder x" });
});
