// Holds that no more pieces of text come through than were said.
import type { TextContent } from "pdfjs-dist/types/src/display/api";
import { expect, test } from "vitest";
import { limitedText } from "./pdfText";

function source(parts: number[]): ReadableStream<TextContent> {
  return new ReadableStream({
    start(controller) {
      for (const count of parts) controller.enqueue({ items: Array.from({ length: count }, () => ({ type: "endMarkedContent", id: "" })), styles: {}, lang: null });
      controller.close();
    },
  });
}

async function countOf(stream: ReadableStream<TextContent>): Promise<number> {
  let count = 0;
  const reader = stream.getReader();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- the pieces come one after the other
    const { done, value } = await reader.read();
    if (done) return count;
    count += value.items.length;
  }
}

test("all of it where it is little, and the beginning where it is too much", async () => {
  expect(await countOf(limitedText(source([3, 4]), 10))).toBe(7);
  expect(await countOf(limitedText(source([3, 4, 5]), 5))).toBe(5);
  expect(await countOf(limitedText(source([5, 4]), 5))).toBe(5);
});
