// Holds that the contents of archives are read as they are, and that lying ones end the listing instead of the page.
import { expect, test } from "vitest";
import { isTar, readHeaders, TAR_START } from "./tar";
import { findDirectory, readEntries } from "./zip";

function tarHeader(name: string, size: number, type = "0"): Uint8Array {
  const block = new Uint8Array(512);
  const put = (at: number, text: string) => block.set(new TextEncoder().encode(text), at);
  put(0, name);
  put(124, `${size.toString(8).padStart(11, "0")}\0`);
  put(136, "14000000000\0");
  put(156, type);
  put(257, "ustar\x0000");
  put(148, "        ");
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

test("tar headers follow each other, in pieces as well", () => {
  const bytes = joined(tarHeader("a/", 0, "5"), tarHeader("a/one.txt", 600), new Uint8Array(1024), tarHeader("a/two.txt", 0), new Uint8Array(1024));
  expect(isTar(bytes)).toBe(true);
  const whole = readHeaders(bytes, TAR_START, bytes.length, 100);
  expect(whole.entries.map(({ name, kind, sizeBytes }) => [name, kind, sizeBytes])).toEqual([
    ["a/", "folder", null],
    ["a/one.txt", "file", 600],
    ["a/two.txt", "file", 0],
  ]);
  expect(whole.state.isDone).toBe(true);
  const first = readHeaders(bytes.subarray(0, 1100), TAR_START, bytes.length, 100);
  expect(first.state).toEqual({ offset: 2560 - 512, longName: null, isDone: false, isDamaged: false });
  expect(readHeaders(bytes.subarray(first.state.offset), first.state, bytes.length, 100).entries).toHaveLength(1);
});

test("long names of both kinds are taken", () => {
  const long = "d/".repeat(80);
  const gnu = joined(tarHeader("././@LongLink", long.length + 1, "L"), new TextEncoder().encode(long.padEnd(512, "\0")), tarHeader("short", 0));
  expect(readHeaders(gnu, TAR_START, gnu.length, 10).entries[0]?.name).toBe(long);
  const record = `${"path=".length + long.length + 5} path=${long}\n`;
  const pax = joined(tarHeader("pax", record.length, "x"), new TextEncoder().encode(record.padEnd(512, "\0")), tarHeader("short", 0));
  expect(readHeaders(pax, TAR_START, pax.length, 10).entries[0]?.name).toBe(long);
});

test("what follows an entry and is no header is damage", () => {
  const bytes = joined(tarHeader("a", 0), new TextEncoder().encode("x".repeat(512)));
  expect(readHeaders(bytes, TAR_START, bytes.length, 10).state).toMatchObject({ isDone: true, isDamaged: true });
});

test("a size past the end ends the listing", () => {
  const bytes = joined(tarHeader("a", 8_589_934_591), new Uint8Array(512));
  const { entries, state } = readHeaders(bytes, TAR_START, bytes.length, 10);
  expect(entries).toHaveLength(1);
  expect(readHeaders(new Uint8Array(), state, bytes.length, 10).state).toMatchObject({ isDone: true, isDamaged: true });
  expect(readHeaders(new Uint8Array(512), TAR_START, 512, 10)).toEqual({ entries: [], state: { offset: 0, longName: null, isDone: true, isDamaged: false } });
});

function zipEntry(name: string, size: number): Uint8Array {
  const entry = new Uint8Array(46 + name.length);
  const view = new DataView(entry.buffer);
  view.setUint32(0, 0x0201_4b50, true);
  view.setUint32(20, 10, true);
  view.setUint32(24, size, true);
  view.setUint16(28, name.length, true);
  view.setUint16(14, (46 << 9) | (11 << 5) | 25, true);
  entry.set(new TextEncoder().encode(name), 46);
  return entry;
}

test("the table of contents of a ZIP archive", () => {
  const directory = joined(zipEntry("a/", 0), zipEntry("a/b.txt", 42));
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x0605_4b50, true);
  view.setUint16(10, 2, true);
  view.setUint32(12, directory.length, true);
  view.setUint32(16, 7, true);
  expect(findDirectory(joined(new Uint8Array(9), end))).toEqual({ entries: 2, length: directory.length, offset: 7 });
  const { entries, isCut } = readEntries(directory);
  expect(entries.map(({ name, kind, sizeBytes }) => [name, kind, sizeBytes])).toEqual([
    ["a/", "folder", 0],
    ["a/b.txt", "file", 42],
  ]);
  expect(isCut).toBe(false);
  expect(readEntries(directory.subarray(0, 60))).toEqual({ entries: [expect.anything()], isCut: false });
  expect(findDirectory(new Uint8Array(100))).toBeNull();
  const lying = zipEntry("a", 1);
  new DataView(lying.buffer).setUint16(28, 60_000, true);
  expect(readEntries(lying)).toEqual({ entries: [], isCut: true });
});
