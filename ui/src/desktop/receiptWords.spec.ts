// What a receipt says of what was run, written and left.
import { expect, test } from "vitest";
import type { Receipt } from "../api/types";
import { leftWords, receiptWords } from "./receiptWords";

const nothing: Receipt = { server: "web", since: "2026-11-30T08:00:00Z", reads: 0, changes: 0, fileChanges: 0, terminals: 0, forwardedPorts: 0, bytes: 0, byWhat: [], named: [], left: [] };

test("a receipt names what was done, and nothing else", () => {
  expect(receiptWords(nothing)).toBe("Nothing was run.");
  expect(receiptWords({ ...nothing, reads: 1, terminals: 2, bytes: 2048 })).toMatch(/^1 command that only read, 2 terminals; 2\.00 KiB moved\.$/);
});

test("what is left on the server is told", () => {
  expect(leftWords(nothing)).toMatch(/^Nothing/);
  expect(leftWords({ left: ["/a/.b.part"] })).toMatch(/^1 hidden file .* is still there/);
});
