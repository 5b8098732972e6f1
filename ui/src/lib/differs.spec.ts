// Holds that two contents are the same only where every byte is, however they are cut into pieces.
import { expect, test } from "vitest";
import { differsAt, firstDifference } from "./differs";

async function* pieces(text: string, ...lengths: number[]): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  for (const length of [...lengths, bytes.length]) {
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

test("the first byte that differs is found within what both have", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(firstDifference(bytes("abc"), bytes("abd"))).toBe(2);
  expect(firstDifference(bytes("abc"), bytes("ab"))).toBeNull();
});

test.each([
  ["abcdef", "abcdef", null],
  ["", "", null],
  ["abcdef", "abcxef", 3],
  ["xbcdef", "abcdef", 0],
  ["abcdef", "abcdeg", 5],
  ["abcdef", "abcd", 4],
  ["", "a", 0],
])("%j and %j", async (one, other, expected) => {
  const found = [[], [1], [2, 2], [0, 3], [1, 1, 1, 1, 1]].flatMap((cuts) => [differsAt(pieces(one, ...cuts), pieces(other)), differsAt(pieces(one, 2), pieces(other, ...cuts))]);
  expect(new Set(await Promise.all(found))).toEqual(new Set([expected]));
});
