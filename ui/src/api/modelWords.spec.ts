// What a person is told before anything is sent must be exact.
import { expect, test } from "vitest";
import { modelAt, readByModel, whatItGets } from "./modelWords";

const model = { provider: "openAi" as const, name: "tiny\u202E", address: "https://api.example.com/v1" };

test("what would be sent is told figure for figure", () => {
  expect(whatItGets({ removed: 1, replaced: 3 })).toBe("It would get the output, with 1 secret removed and 3 names and addresses replaced, and the schema of the answer; nothing else.");
  expect(whatItGets({ removed: 0, replaced: 1 })).toBe("It would get the output, with 1 name or address replaced, and the schema of the answer; nothing else.");
  expect(whatItGets({ removed: 2, replaced: 0 })).toContain("with 2 secrets removed, and");
  expect(whatItGets({ removed: 0, replaced: 0 })).toContain("in which no secret, name or address was found");
});

test("a model is named without anything that hides", () => {
  expect(modelAt(model)).not.toContain("\u202E");
  expect(readByModel({ ...model, name: "tiny" })).toBe("Read by tiny, not by a parser. Check it against the raw output.");
});
