// Holds that names sort as people expect, without a collator's cost.
import { expect, it } from "vitest";
import { sortKey } from "./sortKey";

function sorted(names: readonly string[]): string[] {
  return names.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

it("sorts numbers by their value", () => {
  expect(sorted(["file10", "file9", "file100", "file010b"])).toEqual(["file9", "file10", "file010b", "file100"]);
});

it("sorts without case and accents", () => {
  expect(sorted(["b", "A", "ä1", "C"])).toEqual(["A", "ä1", "b", "C"]);
});
