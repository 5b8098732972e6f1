// Holds that every encoding gives back the very bytes it was given, and that the right one is found.
import { expect, test } from "vitest";
import { joinLines, splitLines } from "./lineEnds";
import { decodeText, detectEncoding, encodeText, ENCODINGS, type Encoding } from "./textEncoding";

/** The same numbers on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function bytesOf(text: string, encoding: Encoding): Uint8Array {
  const result = encodeText(text, encoding);
  if ("badIndex" in result) throw new Error(`no ${encoding} at ${result.badIndex}`);
  return result.bytes;
}

test("text of any characters and line ends comes back as the same bytes in every encoding", () => {
  const next = random(7);
  const wide = ["a", "Z", "ä", "€", "😀", "\u0000", "\ufeff", "\t", "漢"];
  const narrow = ["a", "Z", "ä", "ÿ", "\t", "\u001b"];
  for (let round = 0; round < 200; round += 1) {
    for (const { value: encoding } of ENCODINGS) {
      const alphabet = [...(encoding.startsWith("utf") ? wide : narrow), "\n", "\r\n", "\r", "\n"];
      const text = Array.from({ length: Math.floor(next() * 60) }, () => alphabet[Math.floor(next() * alphabet.length)]).join("");
      const bytes = bytesOf(text, encoding);
      const decoded = decodeText(bytes, encoding);
      expect(decoded).toBe(text);
      const { lines, end, odd } = splitLines(decoded ?? "");
      expect(bytesOf(joinLines(lines, end, odd), encoding)).toEqual(bytes);
    }
  }
});

test("any bytes at all come back in what was found for them", () => {
  const next = random(11);
  for (let round = 0; round < 500; round += 1) {
    const most = round % 3 === 0 ? 256 : 128;
    const bytes = Uint8Array.from({ length: Math.floor(next() * 80) }, () => Math.floor(next() * most));
    const { encoding } = detectEncoding(bytes);
    const { lines, end, odd } = splitLines(decodeText(bytes, encoding) ?? "not decoded");
    expect(bytesOf(joinLines(lines, end, odd), encoding)).toEqual(bytes);
  }
});

test("all 256 bytes have a character in the two single-byte encodings", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (const encoding of ["windows-1252", "iso-8859-1"] as const) expect(bytesOf(decodeText(bytes, encoding) ?? "", encoding)).toEqual(bytes);
});

test("the encoding is found", () => {
  expect(detectEncoding(bytesOf("käse\n", "utf-8"))).toEqual({ encoding: "utf-8", isText: true });
  expect(detectEncoding(bytesOf("käse\n", "windows-1252"))).toEqual({ encoding: "windows-1252", isText: true });
  for (const encoding of ["utf-8-bom", "utf-16le", "utf-16le-bom", "utf-16be", "utf-16be-bom"] as const) {
    expect(detectEncoding(bytesOf("[Unit]\r\nA=b\r\n", encoding))).toEqual({ encoding, isText: true });
  }
  expect(detectEncoding(new Uint8Array())).toEqual({ encoding: "utf-8", isText: true });
  expect(detectEncoding(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0xff)).isText).toBe(false);
});

test("a character the encoding lacks is pointed at", () => {
  expect(encodeText("a€", "iso-8859-1")).toEqual({ badIndex: 1 });
  expect(encodeText("a€", "windows-1252")).toEqual({ bytes: Uint8Array.of(0x61, 0x80) });
  expect(encodeText("漢", "windows-1252")).toEqual({ badIndex: 0 });
});

test("what is not valid is not decoded", () => {
  expect(decodeText(Uint8Array.of(0xff), "utf-8")).toBeNull();
  expect(decodeText(Uint8Array.of(0x00), "utf-16le")).toBeNull();
  expect(decodeText(Uint8Array.of(0x00, 0xd8), "utf-16le")).toBeNull();
});

test("lines keep their own ends", () => {
  const { lines, end, odd } = splitLines("a\r\nb\nc\r\nd");
  expect(lines).toEqual(["a", "b", "c", "d"]);
  expect(end).toBe("\r\n");
  expect([...odd]).toEqual([[1, "\n"]]);
});
