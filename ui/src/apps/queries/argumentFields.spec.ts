// Schemas of arguments, as the fields of a form and back.
import { expect, test } from "vitest";
import { argumentsOf, fieldsOf, typedOf } from "./argumentFields";

const SCHEMA = {
  type: "object",
  required: ["unit"],
  properties: {
    unit: { type: "string", description: "A unit\nof [`systemd`]" },
    path: { anyOf: [{ type: "string", pattern: "^/" }, { type: "null" }], description: "Where" },
    lines: { type: ["integer", "null"] },
    isAll: { type: "boolean" },
    state: { oneOf: [{ const: "up", description: "x" }, { const: "down" }] },
    list: { type: "array" },
  },
};

test("each argument has the field that fits", () => {
  const fields = fieldsOf(SCHEMA);
  expect(fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ["unit", "text", true],
    ["path", "text", false],
    ["lines", "number", false],
    ["isAll", "flag", false],
    ["state", "choice", false],
    ["list", "json", false],
  ]);
  expect(fields[0]?.hint).toBe("A unit of systemd");
  expect(fields[4]?.choices).toEqual(["up", "down"]);
  expect(fieldsOf({ type: "object" })).toEqual([]);
});

test("what is typed has its type, and an empty field is left out", () => {
  const fields = fieldsOf(SCHEMA);
  expect(argumentsOf(fields, { unit: "a.service", path: "", lines: "5", isAll: "yes", list: "[1]" })).toEqual({ unit: "a.service", lines: 5, isAll: true, list: [1] });
  expect(() => argumentsOf(fields, { lines: "x" })).toThrow("lines is not a number");
  expect(() => argumentsOf(fields, { list: "[" })).toThrow("list is not JSON");
});

test("arguments are typed back as they came", () => {
  const fields = fieldsOf(SCHEMA);
  const args = { unit: "a.service", lines: 5, isAll: false, state: "up", list: [1] };
  expect(argumentsOf(fields, typedOf(fields, { ...args, path: null, other: 1 }))).toEqual(args);
  expect(typedOf(fields, undefined)).toEqual({});
});
