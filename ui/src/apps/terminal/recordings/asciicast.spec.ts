// Holds what is read of a recording: whole ones, ones that still go on, broken ones, hostile ones.
import { expect, it } from "vitest";
import { CastReader, type ParsedCast } from "./asciicast";

const HEADER = '{"version": 2, "width": 80, "height": 24, "timestamp": 1700000000, "title": "web1", "env": {"TERM": "xterm"}}';

function read(...pieces: string[]): ParsedCast {
  const reader = new CastReader();
  for (const piece of pieces) if (!reader.push(piece)) break;
  return reader.finish();
}

it("reads a recording", () => {
  const { cast } = read(`${HEADER}\n[0.25, "o", "a\\u001b[1m"]\r\n[1, "i", "x"]\n[1.5, "r", "100x30"]\n\n[2, "m", "mark"]\n[2.5, "o", "b"]\n`);
  expect(cast).toEqual({
    columns: 80,
    rows: 24,
    title: "web1",
    events: [
      { kind: "output", atMs: 250, text: "a\u001b[1m" },
      { kind: "resize", atMs: 1500, columns: 100, rows: 30 },
      { kind: "output", atMs: 2500, text: "b" },
    ],
    durationMs: 2500,
    skippedLines: 0,
    isCut: false,
  });
});

it("does not mind how it is cut into pieces", () => {
  const text = `${HEADER}\n[0, "o", "é\\n"]\n[1, "o", "z"]\n`;
  expect(read(...text.split(/(?=.)/s))).toEqual(read(text));
});

it("takes one that still goes on", () => {
  expect(read(HEADER).cast).toMatchObject({ events: [], durationMs: 0, skippedLines: 0 });
  expect(read(`${HEADER}\n[1, "o", "a"]\n[2, "o", "b`).cast).toMatchObject({ durationMs: 1000, skippedLines: 0 });
  expect(read(`${HEADER}\n[1, "o", "a"]\n[2, "o", "b"]`).cast).toMatchObject({ durationMs: 2000, skippedLines: 0 });
});

it("steps over what is no event, and lets no time go back", () => {
  const lines = [HEADER, "nonsense", "[]", '[-1, "o", "x"]', '[1e99, "o", "x"]', '["1", "o", "x"]', '[1, "o", 5]', '{"a": 1}', "null", '[3, "r", "0x5"]', '[3, "r", "9999x5"]', '[3, "r", "axb"]'];
  const { cast } = read([...lines, '[5, "o", "a"]', '[2, "o", "b"]', ""].join("\n"));
  expect(cast).toMatchObject({ skippedLines: lines.length - 1, durationMs: 5000, events: [{ atMs: 5000, text: "a" }, { atMs: 5000, text: "b" }] });
});

it.each([
  ["", "no recording"],
  ["<html>", "no recording"],
  ["[1, 2]\n", "no recording"],
  ['{"width": 80, "height": 24}\n', "no recording"],
  ['{"version": 3, "term": {"cols": 80, "rows": 24}}\n', "version 3"],
  ['{"version": 1, "width": 80, "height": 24, "stdout": []}', "version 1"],
  ['{"version": 2, "width": 80}\n', "how large"],
  ['{"version": 2, "width": 1e9, "height": 24}\n', "how large"],
  ['{"version": 2, "width": "80", "height": 24.5}\n', "how large"],
])("refuses %j", (text, reason) => expect(read(text).mistake).toContain(reason));

it("keeps to its limits", () => {
  const endless = "x".repeat(1024 * 1024);
  const reader = new CastReader();
  let pieces = 0;
  while (pieces < 100 && reader.push(endless)) pieces += 1;
  expect(pieces).toBeLessThan(6);
  expect(reader.finish().mistake).toContain("no recording");

  const long = read(`${HEADER}\n[1, "o", "a"]\n[2, "o", "`, ...Array.from({ length: 6 }, () => endless), '"]\n[3, "o", "b"]\n');
  expect(long.cast).toMatchObject({ skippedLines: 1, durationMs: 3000, isCut: false });

  const line = `[1, "o", "${"y".repeat(64 * 1024)}"]\n`;
  const large = new CastReader();
  large.push(`${HEADER}\n`);
  let lines = 0;
  while (lines < 2000 && large.push(line)) lines += 1;
  const { cast } = large.finish();
  expect(cast?.isCut).toBe(true);
  expect(lines).toBeLessThan(1100);
  expect(cast?.events).toHaveLength(lines);
});
