// A phone has no Ctrl; the row must send what a keyboard would.
import { expect, it } from "vitest";
import { keyInput, withHeld } from "./keyRow";

const none = { ctrl: false, alt: false };

it("sends keys as a keyboard does", () => {
  expect(keyInput("up", none, false)).toBe("\u001b[A");
  expect(keyInput("up", none, true)).toBe("\u001bOA");
  expect(keyInput("left", { ctrl: true, alt: false }, true)).toBe("\u001b[1;5D");
  expect(keyInput("pageUp", none, false)).toBe("\u001b[5~");
  expect(keyInput("pageDown", { ctrl: false, alt: true }, false)).toBe("\u001b[6;3~");
  expect(keyInput("escape", none, false)).toBe("\u001b");
  expect(keyInput("tab", none, false)).toBe("\t");
});

it("adds the held keys to one character", () => {
  expect(withHeld("c", { ctrl: true, alt: false })).toBe("\u0003");
  expect(withHeld("[", { ctrl: true, alt: false })).toBe("\u001b");
  expect(withHeld(" ", { ctrl: true, alt: false })).toBe("\u0000");
  expect(withHeld("b", { ctrl: false, alt: true })).toBe("\u001bb");
  expect(withHeld("c", { ctrl: true, alt: true })).toBe("\u001b\u0003");
  expect(withHeld("1", { ctrl: true, alt: false })).toBe("1");
  expect(withHeld("\u001b[A", { ctrl: true, alt: true })).toBe("\u001b[A");
  expect(withHeld("c", none)).toBe("c");
});
