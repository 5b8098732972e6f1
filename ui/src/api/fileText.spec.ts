// Holds what the editor asks of the program, and that an answer which lies about its size or place is not believed.
import { afterEach, expect, test, vi } from "vitest";
import { CHUNK_BYTES, FileChunks } from "./fileChunks";
import { readPiece, readText, saveText } from "./fileText";

const CONTENT = Uint8Array.from({ length: CHUNK_BYTES + 100 }, (_, index) => index % 251);

function answer(make: (url: string, init: RequestInit) => Response): { urls: string[] } {
  const urls: string[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    urls.push(`${init.method ?? "GET"} ${url}`);
    return Promise.resolve(make(url, init));
  });
  return { urls };
}

function ranged(_url: string, init: RequestInit): Response {
  const range = /bytes=(\d+)-(\d+)/.exec(new Headers(init.headers).get("range") ?? "");
  const from = Number(range?.[1]);
  if (from >= CONTENT.length) return new Response("", { status: 416 });
  const bytes = CONTENT.slice(from, Number(range?.[2]) + 1);
  return new Response(bytes, { status: 206, headers: { "content-range": `bytes ${from}-${from + bytes.length - 1}/${CONTENT.length}` } });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a text comes with its version; one that is too large is not read", async () => {
  const headers = { "x-file-version": "v1", "x-file-writable": "false" };
  const { urls } = answer(() => new Response("abc", { headers }));
  expect(await readText("web", "/a b&c", 10)).toEqual({ bytes: new TextEncoder().encode("abc"), version: "v1", isWritable: false });
  expect(urls).toEqual(["GET /api/servers/web/files/text?path=%2Fa%20b%26c"]);
  expect(await readText("web", "/a", 2)).toBeNull();
  answer(() => new Response("{}", { status: 413 }));
  expect(await readText("web", "/a", 10)).toBeNull();
});

test("a save names the version it replaces", async () => {
  const { urls } = answer(() => Response.json({ version: "v2", sizeBytes: 1, modifiedAt: null }));
  await saveText("web", "/a", new Uint8Array(1), { version: "v 1", isInPlace: true });
  await saveText("web", "/a", new Uint8Array(1), { version: null });
  expect(urls).toEqual(["PUT /api/servers/web/files/text?path=%2Fa&version=v%201&inPlace=1", "PUT /api/servers/web/files/text?path=%2Fa"]);
});

test("a piece is what was asked for, whatever the program sends", async () => {
  answer(ranged);
  expect(await readPiece("web", "/a", 10, 12)).toEqual({ bytes: CONTENT.slice(10, 12), sizeBytes: CONTENT.length });
  expect((await readPiece("web", "/a", CONTENT.length, CONTENT.length + 5)).bytes).toHaveLength(0);
  answer(() => new Response(CONTENT));
  expect((await readPiece("web", "/a", 0, 5)).bytes).toHaveLength(5);
  answer(() => new Response("xy", { status: 206, headers: { "content-range": "bytes 7-8/9" } }));
  await expect(readPiece("web", "/a", 0, 2)).rejects.toThrow("another part");
});

test("pieces are fetched when they are looked at, and joined", async () => {
  answer(ranged);
  const changed = vi.fn<() => void>();
  const chunks = new FileChunks("web", "/a", changed);
  expect(chunks.bytes(CHUNK_BYTES - 2, CHUNK_BYTES + 2)).toBeNull();
  await vi.waitFor(() => expect(chunks.sizeBytes).toBe(CONTENT.length));
  chunks.get(1);
  await vi.waitFor(() => expect(chunks.bytes(CHUNK_BYTES - 2, CHUNK_BYTES + 2)).toEqual(CONTENT.slice(CHUNK_BYTES - 2, CHUNK_BYTES + 2)));
  expect(chunks.byteAt(CHUNK_BYTES)).toBe(CONTENT[CHUNK_BYTES]);
  expect(chunks.get(2)).toBeNull();
  expect(changed).toHaveBeenCalled();
});
