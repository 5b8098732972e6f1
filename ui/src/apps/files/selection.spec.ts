// Holds how clicks and keys select.
import { expect, it } from "vitest";
import { itemOf } from "../../api/folderItems";
import { everything, extended, inverted, only, toggled, typedAhead } from "./selection";

const items = ["alpha", "apple", "banana", "cherry"].map((name) => itemOf("/", { name, kind: "file", sizeBytes: 1, mode: null, uid: null, gid: null, modifiedAt: null }));

it("selects ranges from the anchor", () => {
  const range = extended(only("/apple"), items, "/cherry", false);
  expect([...range.paths]).toEqual(["/apple", "/banana", "/cherry"]);
  expect(range.anchor).toBe("/apple");
  expect([...extended(range, items, "/alpha", false).paths]).toEqual(["/alpha", "/apple"]);
});

it("adds and takes away", () => {
  expect([...toggled(only("/alpha"), "/cherry").paths]).toEqual(["/alpha", "/cherry"]);
  expect([...toggled(only("/alpha"), "/alpha").paths]).toEqual([]);
  expect(everything(only("/alpha"), items).paths.size).toBe(4);
  expect(inverted(only("/alpha"), items).paths.size).toBe(3);
});

it("finds what is typed", () => {
  expect(typedAhead(items, -1, "a")).toBe(0);
  expect(typedAhead(items, 0, "a")).toBe(1);
  expect(typedAhead(items, 1, "aa")).toBe(0);
  expect(typedAhead(items, 0, "ap")).toBe(1);
  expect(typedAhead(items, 0, "x")).toBe(-1);
});
