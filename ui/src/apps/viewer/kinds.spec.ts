// Holds how a PDF is told from what is only called one.
import { expect, test } from "vitest";
import { kindOf } from "./kinds";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test("a PDF by what it begins with, or by its name where it is no text", () => {
  expect(kindOf("report", bytes("%PDF-1.7\n"))).toBe("pdf");
  expect(kindOf("report.pdf", bytes("\n\nHTTP/1.1 200\n%PDF-1.7\n"))).toBe("pdf");
  expect(kindOf("report.pdf", bytes("\0\0\0\0\xff\xfe\0"))).toBe("pdf");
  expect(kindOf("report.pdf", bytes("<html>Not found</html>"))).toBe("text");
  expect(kindOf("report.txt", bytes("It begins with %PDF-1.7\n"))).toBe("text");
});
