// Holds what becomes of names.
import { expect, it } from "vitest";
import { mistakeInPattern, renamedBy } from "./pattern";

const NONE: ReadonlySet<string> = new Set();

it("replaces text as it stands", () => {
  const pattern = { kind: "replace", find: "img.", by: "$&", isExpression: false, matchesCase: false } as const;
  expect(renamedBy(pattern, ["IMG.1.png", "imgx.png"], NONE).map((each) => each.to)).toEqual(["$&1.png", "imgx.png"]);
});

it("replaces by an expression", () => {
  const pattern = { kind: "replace", find: "(\\d+)-(\\w+)", by: "$2-$1", isExpression: true, matchesCase: true } as const;
  expect(renamedBy(pattern, ["12-may.txt"], NONE)[0]?.to).toBe("may-12.txt");
  expect(mistakeInPattern({ ...pattern, find: "(" })).not.toBeNull();
});

it("numbers by a template and keeps the ending", () => {
  const pattern = { kind: "template", template: "photo {n} of {name}", start: 9, step: 1 } as const;
  expect(renamedBy(pattern, ["a.jpg", "b.tar.gz"], NONE).map((each) => each.to)).toEqual(["photo 09 of a.jpg", "photo 10 of b.tar.gz"]);
});

it("finds names that meet", () => {
  const pattern = { kind: "template", template: "same", start: 1, step: 1 } as const;
  expect(renamedBy(pattern, ["a.x", "b.x"], NONE).every((each) => each.mistake !== null)).toBe(true);
  expect(renamedBy({ ...pattern, template: "s{n}" }, ["a.x"], new Set(["s1.x"]))[0]?.mistake).toMatch(/taken/);
});
