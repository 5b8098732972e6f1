// Widths decide which cell everything after a character is in.
import { describe, expect, it } from "vitest";
import { programWidths, widthOf } from "./unicode";
import { WIDE, ZERO } from "./widths";

const code = (text: string) => text.codePointAt(0) ?? 0;
const widths = (text: string) => Array.from(text, (each) => widthOf(code(each)));

describe("widths", () => {
  it("knows narrow, wide and combining characters", () => {
    expect(widths("aé─│€")).toEqual([1, 1, 1, 1, 1]);
    expect(widths("漢한😀")).toEqual([2, 2, 2]);
    expect(widths("\u0301\u200d\ufe0f")).toEqual([0, 0, 0]);
  });

  it("has tables that a binary search can use", () => {
    for (const table of [ZERO, WIDE]) {
      expect(table.length % 2).toBe(0);
      expect(table.every((value, index) => index === 0 || value >= (table[index - 1] ?? 0))).toBe(true);
    }
  });

  it("joins a mark to the cell before it, which keeps its width", () => {
    const wide = programWidths.charProperties(code("漢"), 0);
    expect(wide).toBe(2 << 1);
    expect(programWidths.charProperties(0x301, wide)).toBe((2 << 1) | 1);
    expect(programWidths.charProperties(0x301, 0)).toBe(0);
  });
});
