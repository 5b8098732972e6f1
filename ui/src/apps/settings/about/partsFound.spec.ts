// The words that are typed narrow the list, whatever their case and place.
import { expect, it } from "vitest";
import shipped from "../../../api/generated/licences.json";
import { partsFound } from "./partsFound";

const PARTS = [
  { name: "react", version: "19.0.0", licence: "MIT", origin: "npm" },
  { name: "ring", version: "0.17.0", licence: "Apache-2.0 AND ISC", origin: "crate" },
];
const names = (typed: string) => partsFound(PARTS, typed).map(({ name }) => name);

it("finds by name, licence and origin", () => {
  expect(names("")).toEqual(["react", "ring"]);
  expect(names(" R ")).toEqual(["react", "ring"]);
  expect(names("isc RING")).toEqual(["ring"]);
  expect(names("npm")).toEqual(["react"]);
  expect(names("mit crates.io")).toEqual([]);
});

it("has a licence for every part of the program and the page", () => {
  expect(shipped.filter(({ name, version, licence }) => name === "" || version === "" || licence === "")).toEqual([]);
  expect(new Set(shipped.map(({ origin }) => origin))).toEqual(new Set(["crate", "npm"]));
});
