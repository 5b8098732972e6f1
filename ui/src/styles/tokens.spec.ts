// Reads the token file as it is shipped and holds its promise: text on every ground it is used on has a contrast of 4.5:1 or more, in both themes, on every accent.
import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Rgb = [number, number, number];

/** The colour of a token in one theme: `#rrggbb`, or one side of `light-dark(…)`. */
function token(name: string, theme: "light" | "dark"): Rgb {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? "";
  const hexes = value.match(/#[0-9a-f]{6}/g) ?? [];
  const hex = hexes[value.startsWith("light-dark") && theme === "dark" ? 1 : 0];
  if (hex === undefined) throw new Error(`no colour for --${name}`);
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.039_28 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["window", "card", "sunken", "popover"];
const TEXTS = ["ink", "ink-soft", "ink-faint", "good", "warn", "bad", "info", "idle"];
const COLORS = ["blue", "violet", "pink", "red", "orange", "amber", "green", "teal"];

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  const expectReadable = (text: string, ground: string) =>
    expect(contrast(token(text, theme), token(ground, theme)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);

  it("text is readable on every ground", () => {
    for (const text of TEXTS) for (const ground of GROUNDS) expectReadable(`color-${text}`, `color-${ground}`);
  });

  it("status is readable on its own ground", () => {
    for (const tone of ["good", "warn", "bad", "info"]) {
      expectReadable(`color-${tone}`, `color-${tone}-ground`);
      expectReadable("color-ink", `color-${tone}-ground`);
      expectReadable("color-ink-soft", `color-${tone}-ground`);
    }
    expectReadable("color-on-tooltip", "color-tooltip");
    expectReadable("color-on-solid", "color-bad-solid");
  });

  it("every accent carries white, and is readable as text", () => {
    for (const color of COLORS) {
      expectReadable("color-on-solid", `${color}-solid`);
      for (const ground of GROUNDS) expectReadable(`${color}-ink`, `color-${ground}`);
    }
  });
});
