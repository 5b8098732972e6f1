// Holds that the row of open servers fits, and never leaves out the one that is shown.
import { expect, it } from "vitest";
import { rowFor } from "./rowFor";

const open = ["a", "b", "c", "d", "e", "f"];

it("gives names while there is room for all of them", () => {
  expect(rowFor(open.slice(0, 3), "a", 420)).toEqual({ shown: ["a", "b", "c"], hiddenCount: 0, hasNames: true });
});

it("shortens the names before it leaves a server out", () => {
  expect(rowFor(open, "a", 400)).toEqual({ shown: open, hiddenCount: 0, hasNames: false });
});

it("counts what finds no place, and keeps the shown server", () => {
  expect(rowFor(open, "f", 200)).toEqual({ shown: ["a", "f"], hiddenCount: 4, hasNames: false });
  expect(rowFor(open, "a", 0)).toEqual({ shown: ["a"], hiddenCount: 5, hasNames: false });
});
