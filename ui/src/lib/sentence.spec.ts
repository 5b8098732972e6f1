// A text is not given a second full stop, and one without words none.
import { expect, test } from "vitest";
import { sentence } from "./sentence";

test("a text becomes a sentence", () => {
  expect(["the key is missing", "It is.", "why?", " ", "élan", "status 503: "].map(sentence)).toEqual(["The key is missing.", "It is.", "Why?", "", "Élan.", "Status 503."]);
});
