// Holds which part of a line is shown, that its match is in sight and marked, and that nothing of it can trick the eye.
import { expect, it } from "vitest";
import { finderOf } from "../../lib/grepFind";
import { excerptOf } from "./excerpt";

const ROOM = 60;

/** The excerpt with what was found in brackets. */
function excerpt(text: string, wanted: string, { room = ROOM, isRegex = false } = {}): string {
  const pieces = excerptOf({ line: 1, text }, finderOf(wanted, isRegex, true), room);
  return pieces.map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text)).join("");
}

it("marks each match, without the white space before the line", () => {
  expect(excerpt("  \tlisten 80; # Listen", "listen")).toBe("[listen] 80; # [Listen]");
  expect(excerpt("key = value\r", "value")).toBe("key = [value]");
  expect(excerpt("a\tb", "b")).toBe("a    [b]");
});

it("keeps the white space that was looked for", () => {
  expect(excerpt("    x", "  ")).toBe("[  ][  ]x");
  expect(excerpt("   ", "none")).toBe("   ");
});

it("begins before a match that is far to the right", () => {
  const far = `${"x".repeat(300)} needle ${"y".repeat(100)}`;
  expect(excerpt(far, "needle")).toBe(`…${"x".repeat(19)} [needle] ${"y".repeat(100)}`);
  expect(excerpt(far, "needle", { room: 30 })).toContain(`…${"x".repeat(9)} [needle]`);
  expect(excerpt(`${"x".repeat(40)} needle`, "needle")).toBe(`${"x".repeat(40)} [needle]`);
});

it("counts wide and escaped characters as wide as they are", () => {
  expect(excerpt(`${"漢".repeat(40)}needle`, "needle")).toBe(`…${"漢".repeat(10)}[needle]`);
  expect(excerpt(`${"\u202e".repeat(10)}needle`, "needle")).toBe(`…${"<U+202E>".repeat(2)}[needle]`);
});

it("shows the beginning of a line whose match is not in what is known of it", () => {
  expect(excerpt("x".repeat(1000), "needle")).toBe(`${"x".repeat(600)}…`);
  expect(excerpt(`a${"é".repeat(499)}x`, "needle").endsWith("…")).toBe(true);
  expect(excerpt("(a)(a)", "(\\(a\\))\\1", { isRegex: true })).toBe("(a)(a)");
});

it("shows markup as text, and controls and what is no text as marks", () => {
  expect(excerpt("<img src=x onerror=alert(1)> needle", "needle")).toBe("<img src=x onerror=alert(1)> [needle]");
  expect(excerpt("\u001b[31mred\u202e needle\u{10fefc}", "needle")).toBe("␛[31mred<U+202E> [needle]\\xFC");
});

it("cuts no character in two", () => {
  expect(excerpt(`${"🦊".repeat(100)}needle`, "needle")).toBe(`…${"🦊".repeat(10)}[needle]`);
});
