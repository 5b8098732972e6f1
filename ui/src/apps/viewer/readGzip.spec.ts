// Holds that compressed archives are listed as they unpack, and that damaged, endless and broken-off ones end the listing and nothing else.
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { RequestError } from "../../api/client";
import { offlineError } from "../../api/errors";
import type { Bytes } from "../../api/fileContent";
import type { Listing } from "./archives";
import { readGzip } from "./readGzip";
import { TarStream } from "./tarStream";

/** One entry as GNU tar writes it. */
function entry(name: string, content: Uint8Array): Bytes {
  const block = new Uint8Array(512 + Math.ceil(content.length / 512) * 512);
  const put = (at: number, text: string) => block.set(new TextEncoder().encode(text), at);
  put(0, name);
  put(124, `${content.length.toString(8).padStart(11, "0")}\0`);
  put(136, "14000000000\0");
  put(156, "0");
  put(257, "ustar  \0");
  put(148, "        ");
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  block.set(content, 512);
  return block;
}

const END = new Uint8Array(1024);
const NOISE = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7919 + (at >> 5) * 104_729) % 251);
const tar = (...names: string[]) => names.map((name, at) => entry(name, NOISE.subarray(0, at * 700)));

async function* inPieces(bytes: Uint8Array, length: number, end?: Error): AsyncGenerator<Bytes, void, undefined> {
  for (let at = 0; at < bytes.length; at += length) yield Uint8Array.from(bytes.subarray(at, at + length));
  if (end !== undefined) throw end;
}

async function list(packed: Uint8Array, length = 1000, end?: Error): Promise<{ names: string[]; end: Listing["end"] }> {
  let last: Listing = { entries: [], end: null, share: null };
  await readGzip(inPieces(packed, length, end), packed.length, new AbortController().signal, (listing) => {
    last = listing;
  });
  return { names: last.entries.map(({ name }) => name), end: last.end };
}

test("the entries of a compressed archive are listed, however it is cut", async () => {
  const packed = gzipSync(Buffer.concat([...tar("a", "b/c", "d".repeat(90)), END]));
  for (const found of await Promise.all([1, 13, 512, 100_000].map((length) => list(packed, length)))) {
    expect(found).toMatchObject({ names: ["a", "b/c", "d".repeat(90)], end: "whole" });
  }
});

test("what follows the end of an archive is not looked at", async () => {
  const packed = Buffer.concat([gzipSync(Buffer.concat([...tar("a"), END])), Buffer.alloc(4096)]);
  expect(await list(packed)).toMatchObject({ names: ["a"], end: "whole" });
});

test("an empty archive is whole, and one compressed file is no archive", async () => {
  expect(await list(gzipSync(END))).toMatchObject({ names: [], end: "whole" });
  expect(await list(gzipSync("a line\n".repeat(500)))).toMatchObject({ names: [], end: "single" });
  expect(await list(gzipSync("short"))).toMatchObject({ names: [], end: "single" });
});

test("a damaged archive says so, with what could be read", async () => {
  const packed = gzipSync(Buffer.concat([...tar("a", "b"), entry("c", NOISE), END]));
  const cut = await list(packed.subarray(0, packed.length - 1000));
  expect(cut).toMatchObject({ names: ["a", "b", "c"], end: "damaged" });
  const short = gzipSync(Buffer.concat([...tar("a", "b")]).subarray(0, 1536));
  expect(await list(short)).toMatchObject({ names: ["a", "b"], end: "damaged" });
  const garbage = gzipSync(Buffer.concat([...tar("a"), new TextEncoder().encode("x".repeat(600)), END]));
  expect(await list(garbage)).toMatchObject({ names: ["a"], end: "damaged" });
  expect(await list(Buffer.concat([packed.subarray(0, 20), Buffer.from("this is no deflate stream at all".repeat(50))]))).toMatchObject({ names: [], end: "damaged" });
});

test("no more is unpacked than the limit", async () => {
  // 256 MiB of one file, and an entry behind it that is not reached.
  const head = entry("huge", new Uint8Array());
  head.set(new TextEncoder().encode("40000000000\0"), 124);
  head.set(new TextEncoder().encode("        "), 148);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  const packed = gzipSync(Buffer.concat([head, Buffer.alloc(300 * 1024 * 1024)]), { level: 1 });
  expect(await list(packed, 65_536)).toMatchObject({ names: ["huge"], end: "limit" });
}, 30_000);

test("a transfer that breaks off is an error, not damage", async () => {
  const packed = gzipSync(Buffer.concat([...tar("a", "b", "c", "d"), END]));
  await expect(list(packed.subarray(0, 900), 100, new RequestError(offlineError(), 0))).rejects.toThrow("did not answer");
});

test("no more entries are taken than are wanted", () => {
  const stream = new TarStream(2);
  for (const piece of [...tar("a", "b", "c"), END]) stream.push(piece);
  expect([stream.entries.length, stream.isFull, stream.isDone]).toEqual([2, true, true]);
});
