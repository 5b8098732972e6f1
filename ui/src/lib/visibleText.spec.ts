// Holds that nothing a server sends can hide on the page, reorder it or flood it.
import { expect, it } from "vitest";
import { visibleLines, visibleName, visibleProse, visibleText } from "./visibleText";

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

it("shows what has no width or no ink, of whatever kind", () => {
  const shown = (code: number) => visibleText(`a${String.fromCodePoint(code)}b`);
  for (const code of [0xad, 0x34f, 0x61c, 0x70f, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x180f, 0x200c, 0x200d, 0x2028, 0x2064, 0x2065, 0x206a, 0x2800, 0x3164, 0xfe00, 0xfe0e, 0xfe0f, 0xfff0, 0xfffb, 0xffa0, 0x1bca0, 0x1d173, 0xe0001, 0xe0020, 0xe0100, 0xe0fff]) {
    expect(shown(code)).toBe(`a<U+${code.toString(16).toUpperCase().padStart(4, "0")}>b`);
  }
});

it("leaves in names what their signs and letters need", () => {
  const faces = "⚠\ufe0f ✔\ufe0f ℹ\ufe0f ❤\ufe0f.txt 👨\u200d👩\u200d👧 👩🏽\u200d💻 🏳\ufe0f\u200d🌈";
  const letters = "\u0645\u06cc\u200c\u062e \u0647\u200d\u0645 葛\u{e0100}城 \u0600\u0605\u06dd";
  for (const text of [faces, letters]) {
    expect(visibleText(text)).toBe(text);
    expect(visibleLines(`${text}\n`, 100)).toBe(`${text}\n`);
    expect(visibleProse(text)).toBe(text);
  }
});

it("shows in names what only looks like that", () => {
  expect(visibleText("a\ufe0fb 1\ufe0f ⚠\ufe0f\ufe0f ⚠\ufe0e")).toBe("a<U+FE0F>b 1<U+FE0F> ⚠\ufe0f<U+FE0F> ⚠<U+FE0E>");
  expect(visibleText("👩\u200d 👩\u200da 👩\u200d\u200d👧 👩\u200c👧 👩🏽🏽\u200d💻")).toBe("👩<U+200D> 👩<U+200D>a 👩<U+200D><U+200D>👧 👩<U+200C>👧 👩🏽🏽<U+200D>💻");
  expect(visibleText("a\u200cb \u06cc\u200c \u06cc\u200cb \u06cc\u200c\u200c\u06cc \u06cc\u200b\u06cc \u0661\u200c\u0661")).toBe("a<U+200C>b \u06cc<U+200C> \u06cc<U+200C>b \u06cc<U+200C><U+200C>\u06cc \u06cc<U+200B>\u06cc \u0661<U+200C>\u0661");
  expect(visibleText("a\u{e0100} 葛\u{e0100}\u{e0100} 葛\u{e01f0} 葛\ufe00")).toBe("a<U+E0100> 葛\u{e0100}<U+E0100> 葛<U+E01F0> 葛<U+FE00>");
});

it("shows all of it in a name that is asked about", () => {
  expect(visibleName("⚠\ufe0f 👩\u200d💻 \u06cc\u200c\u062e 葛\u{e0100} \u0600", 80)).toBe("⚠<U+FE0F> 👩<U+200D>💻 \u06cc<U+200C>\u062e 葛<U+E0100> \u0600");
});

it("leaves in prose the looks of faces, and no joiner that joins nothing", () => {
  expect(visibleProse("\u2764\ufe0f\u200d\u{1f525} \u0645\u06cc\u200c\u062e")).toBe("\u2764\ufe0f\u200d\u{1f525} \u0645\u06cc\u200c\u062e");
  expect(visibleProse("a\ufe0f \u200d\u200db\u200d\u200d\u034f")).toBe("a<U+FE0F> <U+200D><U+200D>b\u200d<U+200D><U+034F>");
});

it("tells names apart that differ in blanks alone", () => {
  expect(["data", "data ", " data", "da  ta", "data\u00a0", "data\u3000"].map((name) => visibleName(name, 80))).toEqual(["data", "data␣", "␣data", "da  ta", "data<U+00A0>", "data<U+3000>"]);
});

it("changes nothing in what it has made visible", () => {
  const once = visibleText("a\u034f\u001b\u{10fee9}\u{e0100}");
  expect(visibleText(once)).toBe(once);
});
