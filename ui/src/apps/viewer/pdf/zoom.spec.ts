// Holds what the kinds of zoom come to, and that steps lead through round figures and end.
import { expect, test } from "vitest";
import { EDGE } from "./layout";
import { factorOf, LARGEST, SMALLEST, stepped } from "./zoom";

const A4 = { width: 800, height: 1000 };
const room = (widthPx: number, heightPx: number) => ({ widthPx: widthPx + 2 * EDGE, heightPx: heightPx + 2 * EDGE });

test("fits to the width, to the page, and by itself not too large", () => {
  expect(factorOf({ kind: "width", index: 0 }, A4, room(1600, 500))).toBe(2);
  expect(factorOf({ kind: "page", index: 0 }, A4, room(1600, 500))).toBe(0.5);
  expect(factorOf({ kind: "auto", index: 0 }, A4, room(1600, 500))).toBe(1.25);
  expect(factorOf({ kind: "auto", index: 0 }, A4, room(400, 500))).toBe(0.5);
});

test("stays above nothing, before the room is measured too", () => {
  expect(factorOf({ kind: "width", index: 0 }, A4, { widthPx: 0, heightPx: 0 })).toBeGreaterThan(0);
  expect(factorOf({ kind: "factor", factor: 99 }, A4, room(1, 1))).toBe(LARGEST);
  expect(factorOf({ kind: "factor", factor: 0 }, A4, room(1, 1))).toBe(SMALLEST);
});

test("steps go through round figures, from any in between, and end", () => {
  expect(stepped(1.07, 1)).toBe(1.1);
  expect(stepped(1.07, -1)).toBe(1);
  expect(stepped(1, 1)).toBe(1.1);
  expect(stepped(LARGEST, 1)).toBe(LARGEST);
  expect(stepped(SMALLEST, -1)).toBe(SMALLEST);
});
