// What is pasted must arrive as text, whatever was on the clipboard.
import { describe, expect, it } from "vitest";
import { cleanPaste, hasSeveralLines, isReport, pasteInput } from "./paste";

describe("pasted text", () => {
  it("loses every control but tab and line end", () => {
    expect(cleanPaste("a\tb\u0003c\u007f\u009b31m\u001b[201~; rm -rf /\u0000")).toBe("a\tbc31m[201~; rm -rf /");
  });

  it("has one kind of line end", () => {
    expect(cleanPaste("one\r\ntwo\rthree\nfour")).toBe("one\ntwo\nthree\nfour");
    expect(hasSeveralLines(cleanPaste("one\r"))).toBe(true);
    expect(hasSeveralLines("one")).toBe(false);
  });

  it("is marked where the program asked for it, and cannot end the mark", () => {
    expect(pasteInput("ls\n", false)).toBe("ls\r");
    const sent = pasteInput(cleanPaste("a\u001b[201~b"), true);
    expect(sent).toBe("\u001b[200~a[201~b\u001b[201~");
    expect(sent.split("\u001b[201~")).toHaveLength(2);
  });
});

it("tells reports of the pointer and the focus from keys", () => {
  expect(["\u001b[<0;1;1M", "\u001b[M !!", "\u001b[I", "\u001b[O"].every(isReport)).toBe(true);
  expect(["a", "\u001b[A", "\u001bOA", "\u001b"].some(isReport)).toBe(false);
});
