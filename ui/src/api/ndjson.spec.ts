// Holds that lines are read whole, however the network cuts them.
import { expect, it } from "vitest";
import { readNdjson } from "./ndjson";

function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

it("reads values across every cut", async () => {
  const bytes = new TextEncoder().encode('{"name":"Größe"}\n{"name":"東京"}\n\n{"done":1}');
  for (let size = 1; size < bytes.length; size += 1) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    const seen: unknown[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one after the other is enough
    await readNdjson(streamOf(pieces), (values) => seen.push(...values));
    expect(seen).toEqual([{ name: "Größe" }, { name: "東京" }, { done: 1 }]);
  }
});

it("gives a piece's values together", async () => {
  const calls: number[] = [];
  await readNdjson(streamOf([new TextEncoder().encode("1\n2\n3"), new TextEncoder().encode("\n")]), (values) => calls.push(values.length));
  expect(calls).toEqual([2, 1]);
});

it("fails on what is no JSON", async () => {
  await expect(readNdjson(streamOf([new TextEncoder().encode("{oops\n")]), () => undefined)).rejects.toThrow(SyntaxError);
});
