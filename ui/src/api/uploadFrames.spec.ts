// Holds the bytes of a frame and the size of a batch.
import { expect, it } from "vitest";
import { batches, frameHead } from "./uploadFrames";

it("puts the header's length before the header", () => {
  const head = frameHead({ path: "/tmp/ä", folder: true });
  const length = new DataView(head.buffer).getUint32(0);
  expect(head).toHaveLength(4 + length);
  expect(JSON.parse(new TextDecoder().decode(head.slice(4)))).toEqual({ path: "/tmp/ä", folder: true });
});

it("fills batches in order", () => {
  const sizes = [4, 4, 4, 20, 1].map((sizeBytes) => ({ sizeBytes }));
  expect(batches(sizes, 10, 100).map((batch) => batch.map((each) => each.sizeBytes))).toEqual([[4, 4], [4], [20], [1]]);
  expect(batches(sizes, 100, 2)).toHaveLength(3);
  expect(batches([], 10, 10)).toEqual([]);
});
