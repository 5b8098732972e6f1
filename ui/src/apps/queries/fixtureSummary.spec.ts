// What is said of a fixture that was saved.
import { expect, test } from "vitest";
import { fixtureSummary } from "./fixtureSummary";

const file = (name: string) => ({ name, content: "x" });

test("it says what was removed and what was replaced", () => {
  expect(fixtureSummary({ files: [], removed: 0, replaced: [] })).toBe("Nothing was run on the server, so there is nothing to save.");
  expect(fixtureSummary({ files: [file("df--debian-12.out")], removed: 0, replaced: [] })).toBe("1 file saved. Read it before you give it away.");
  expect(
    fixtureSummary({
      files: [file("ip--debian-12.out"), file("ip--debian-12.err")],
      removed: 1,
      replaced: [
        { kind: "IPv4 networks", count: 3 },
        { kind: "MAC addresses", count: 2 },
      ],
    }),
  ).toBe("2 files saved; 1 secret removed; replaced: 3 IPv4 networks, 2 MAC addresses. Read them before you give them away.");
});
