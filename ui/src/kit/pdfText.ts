// The text of a page of a PDF, cut where there is more of it than anyone reads: each piece becomes an element.
import type { TextContent } from "pdfjs-dist/types/src/display/api";

export const MOST_PIECES = 20_000;

export function limitedText(text: ReadableStream<TextContent>, most = MOST_PIECES): ReadableStream<TextContent> {
  let left = most;
  return text.pipeThrough(
    new TransformStream<TextContent, TextContent>({
      transform(part, controller) {
        controller.enqueue(part.items.length <= left ? part : { ...part, items: part.items.slice(0, left) });
        left -= part.items.length;
        if (left <= 0) controller.terminate();
      },
    }),
  );
}
