// Prices come back from the table as they went in, and a slip is said before it is kept.
import { expect, test } from "vitest";
import { mistakeIn, pricesOf, rowsOf } from "./priceRows";

const PRICES = [
  { model: "gpt-5-mini", promptUsd: 0.25, completionUsd: 2 },
  { model: "own", promptUsd: 0, completionUsd: 0 },
];

test("prices come back as they went in", () => {
  expect(pricesOf(rowsOf(PRICES))).toEqual(PRICES);
  expect(pricesOf([{ id: 0, model: " a ", prompt: "1,5", reply: " 2 " }])).toEqual([{ model: "a", promptUsd: 1.5, completionUsd: 2 }]);
});

test("a row that says nothing, or no amount, is a mistake", () => {
  const row = { id: 0, model: "a", prompt: "1", reply: "2" };
  expect(mistakeIn(row)).toBeNull();
  expect(mistakeIn({ ...row, model: " " })).toContain("name");
  for (const odd of ["", "-1", "one", "1e9", "NaN"]) expect(mistakeIn({ ...row, reply: odd })).toContain("US dollars");
});
