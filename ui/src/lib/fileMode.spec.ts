// Holds that modes are written as `ls` and `chmod` write them.
import { expect, it } from "vitest";
import { formatMode, formatOctal, parseOctal } from "./fileMode";

it("writes modes as letters", () => {
  expect(formatMode(0o755)).toBe("rwxr-xr-x");
  expect(formatMode(0o4755)).toBe("rwsr-xr-x");
  expect(formatMode(0o1777)).toBe("rwxrwxrwt");
  expect(formatMode(0o2644)).toBe("rw-r-Sr--");
  expect(formatMode(null)).toBe("–");
});

it("writes and reads octal", () => {
  expect(formatOctal(0o644)).toBe("0644");
  expect(parseOctal("0755")).toBe(0o755);
  expect(parseOctal("755")).toBe(0o755);
  expect(parseOctal("799")).toBeNull();
  expect(parseOctal("")).toBeNull();
});
