// Holds the rounding of sizes at the edges between units.
import { describe, expect, it } from "vitest";
import { formatBytes, formatRate } from "./bytes";

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.00 KiB"],
    [12345, "12.1 KiB"],
    [1024 * 1024 - 1, "1.00 MiB"],
    [102350, "100 KiB"],
    [8 * 1024 ** 3, "8.00 GiB"],
    [Number.MAX_SAFE_INTEGER, "8.00 PiB"],
    [1e30, "867361738 EiB"],
  ])("%d", (bytes, text) => expect(formatBytes(bytes)).toBe(text.replace("867361738", (1e30 / 1024 ** 6).toFixed(0))));

  it("does not pretend that nonsense is a size", () => {
    expect(formatBytes(-1)).toBe("–");
    expect(formatBytes(Number.NaN)).toBe("–");
    expect(formatBytes(Number.POSITIVE_INFINITY)).toBe("–");
  });
});

describe("formatRate", () => {
  it("tells an unknown rate from an idle one", () => {
    expect(formatRate(null)).toBe("–");
    expect(formatRate(0)).toBe("0 B/s");
    expect(formatRate(2048)).toBe("2.00 KiB/s");
  });
});
