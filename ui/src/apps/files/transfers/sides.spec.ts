// Holds that two files are compared by every byte within the limits, and what is said of those whose lines cannot be shown.
import { expect, test } from "vitest";
import { compare, linesOf, MOST_BYTES, MOST_TEXT_BYTES, type Comparison, type Side } from "./sides";

const bytes = (text: string) => new TextEncoder().encode(text);

function sideOf(content: Uint8Array<ArrayBuffer>): Side {
  return { sizeBytes: content.length, modifiedAt: null, place: { file: new File([content], "name") } };
}

const compared = (from: Uint8Array<ArrayBuffer>, to: Uint8Array<ArrayBuffer>): Promise<Comparison> => compare(sideOf(from), sideOf(to), new AbortController().signal, () => undefined);

test("the same bytes are the same, also of larger files", async () => {
  expect(await compared(bytes("a\n"), bytes("a\n"))).toEqual({ kind: "same" });
  expect(await compared(bytes(""), bytes(""))).toEqual({ kind: "same" });
  const large = new Uint8Array(MOST_TEXT_BYTES * 3).fill(65);
  expect(await compared(large, large.slice())).toEqual({ kind: "same" });
});

test("the first byte that differs is told, and of text the lines", async () => {
  expect(await compared(bytes("one\ntwo\n"), bytes("one\n2\n"))).toEqual({ kind: "different", at: 4, lines: { from: "one\ntwo\n", to: "one\n2\n" } });
  expect(await compared(bytes("one"), bytes("one\n"))).toMatchObject({ at: 3 });
  const large = new Uint8Array(MOST_TEXT_BYTES + 1).fill(65);
  const other = large.slice();
  other[MOST_TEXT_BYTES - 5] = 66;
  expect(await compared(large, other)).toEqual({ kind: "different", at: MOST_TEXT_BYTES - 5, lines: "large" });
  expect(await compared(large, large.slice(1))).toEqual({ kind: "different", at: MOST_TEXT_BYTES, lines: "large" });
});

test("larger files are not read", async () => {
  const side: Side = { sizeBytes: MOST_BYTES + 1, modifiedAt: null, place: { file: new File([], "unread") } };
  expect(await compare(side, sideOf(bytes("a")), new AbortController().signal, () => undefined)).toEqual({ kind: "large" });
});

test("a file that has grown since its size was told is not read on", async () => {
  const grown: Side = { ...sideOf(new Uint8Array(MOST_BYTES + 2)), sizeBytes: MOST_TEXT_BYTES + 1 };
  expect(await compare(grown, grown, new AbortController().signal, () => undefined)).toEqual({ kind: "large" });
});

test("bytes that are no text have no lines, and what hides in a text is shown", () => {
  expect(linesOf(Uint8Array.of(0x7f, 69, 76, 70, 2, 1, 1, 0, 0, 255), bytes("a"))).toBe("binary");
  expect(linesOf(bytes("a\r\nb"), bytes("a\nb"))).toBe("alike");
  expect(linesOf(bytes("a\u202eb\u001b[1m"), bytes("a"))).toEqual({ from: "a<U+202E>b␛[1m", to: "a" });
});
