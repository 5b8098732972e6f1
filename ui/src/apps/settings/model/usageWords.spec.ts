// Small amounts keep the figures that say something.
import { expect, test } from "vitest";
import { formatUsd } from "./usageWords";

test("an amount is shown to its cent, or to two figures below one", () => {
  expect([12.345, 1, 0.01, 0.0031, 0.000_012_4, 0, null].map(formatUsd)).toEqual(["$12.35", "$1.00", "$0.01", "$0.0031", "$0.000012", "$0", "–"]);
});
