// Holds that nothing a server sends can hide on the page, reorder it or flood it.
import { expect, it } from "vitest";
import { visibleLines, visibleProse, visibleText } from "./visibleText";

it("shows escape codes, bells and line ends", () => {
  expect(visibleText("a\u001b[31mred\u0007\n")).toBe("a␛[31mred␇␊");
  expect(visibleText("\u007f\u009b")).toBe("␡<U+009B>");
});

it("shows what would reorder or hide text", () => {
  expect(visibleText("txt\u202egpj.exe")).toBe("txt<U+202E>gpj.exe");
  expect(visibleText("a\u200bb\ufeff\u2066\u{e0041}")).toBe("a<U+200B>b<U+FEFF><U+2066><U+E0041>");
  expect(visibleText("\ud800x")).toBe("<U+D800>x");
});

it("shows the bytes that are not text", () => {
  expect(visibleText("caf\u{10fee9}")).toBe("caf\\xE9");
  expect(visibleText("\u{10fe80}\u{10feff}\u{10fe7f}")).toBe("\\x80\\xFF\u{10fe7f}");
});

it("leaves letters of every script and emoji alone", () => {
  expect(visibleText("Größe 東京 мир 🙂")).toBe("Größe 東京 мир 🙂");
});

it("bounds the length", () => {
  expect(visibleText("x".repeat(50), 10)).toBe(`${"x".repeat(10)}…`);
});

it("keeps the lines of a longer text", () => {
  expect(visibleLines("a\tb\r\nc\u001b", 100)).toBe("a\tb\nc␛");
  expect(visibleLines("a\rb", 100)).toBe("a␍b");
});

it("leaves in prose what joins letters, and shows the rest", () => {
  expect(visibleProse("a\u202eb\u200d\n\u001b[1m\u2060")).toBe("a<U+202E>b\u200d\n␛[1m<U+2060>");
});
