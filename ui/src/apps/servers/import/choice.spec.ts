// Holds what an import offers to add at first.
import { expect, it } from "vitest";
import type { ImportEntry } from "../../../api/types";
import { addressIn, firstChoice, remarks } from "./choice";

const entry = (number: number, more: Partial<ImportEntry> = {}): ImportEntry => ({ number, line: number, name: "web1", host: "web1", port: null, user: "", folder: "", tags: [], notes: "", keyFile: null, jump: [], mistakes: [], leftOut: [], sameAs: null, ...more });

it("chooses what has no mistake and is not there yet", () => {
  const entries = [entry(1), entry(2, { mistakes: ["no host"] }), entry(3, { sameAs: "web" })];
  expect([...firstChoice({ format: "csv", entries, mistakes: [], added: [] })]).toEqual([1]);
});

it("writes an address as a person would", () => {
  expect(addressIn(entry(1, { user: "root", port: 2222 }))).toBe("root@web1:2222");
  expect(addressIn(entry(1, { host: "::1", port: 22 }))).toBe("[::1]:22");
});

it("names mistakes before all else", () => {
  expect(remarks(entry(1, { mistakes: ["no host"], leftOut: ["a password"], sameAs: "web" })).map(({ text }) => text)).toEqual(["no host", "Same as web", "Left out: a password"]);
});
