// Holds how indentation is told from a file's lines.
import { expect, test } from "vitest";
import { detectIndentation } from "./indentation";

test("spaces, tabs and nothing", () => {
  expect(detectIndentation(["a:", "  b:", "    c: 1", "  d: 2"])).toEqual({ spaces: 2 });
  expect(detectIndentation(["if x:", "    y", "    z", "a"])).toEqual({ spaces: 4 });
  expect(detectIndentation(["server {", "\tlisten 80;", "\troot /srv;", "}"])).toEqual({ spaces: null });
  expect(detectIndentation(["a", "b"])).toEqual({ spaces: 4 });
  expect(detectIndentation(["/*", " * a", " * b", " */", "f {", "    x", "}"])).toEqual({ spaces: 4 });
});
