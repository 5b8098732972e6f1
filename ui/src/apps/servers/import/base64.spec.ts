// Holds that every byte survives.
import { expect, it } from "vitest";
import { asBase64 } from "./base64";

it("keeps every byte, over the length of one piece", () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
  expect(Buffer.from(asBase64(bytes), "base64").equals(Buffer.from(bytes))).toBe(true);
});
