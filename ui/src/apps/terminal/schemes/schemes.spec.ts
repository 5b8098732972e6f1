// Holds what every scheme promises: real colours, readable text, an id of its own; and which one applies.
import { describe, expect, it } from "vitest";
import { contrastOf, hexOf, isDarkColor, mixColors } from "./colors";
import { ANSI_NAMES, asScheme, autoScheme, SCHEMES, schemeOf, themeOf } from "./schemes";

const imported = { ...autoScheme(false), id: "imported-mine", name: "Mine", background: "#ffffff" };

describe.each(SCHEMES.map((scheme) => [scheme.name, scheme] as const))("%s", (_name, scheme) => {
  const { foreground, background, cursor, selection, ansi } = scheme;

  it("has every colour", () => {
    expect(ansi).toHaveLength(16);
    for (const color of [foreground, background, cursor, selection, ...ansi]) expect(color).toMatch(/^#[0-9a-f]{6}$/);
    expect(scheme.isDark).toBe(isDarkColor(background));
  });

  it("is readable", () => {
    expect(contrastOf(foreground, background)).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf(foreground, selection), "selected text").toBeGreaterThanOrEqual(3);
    expect(contrastOf(cursor, background), "cursor").toBeGreaterThanOrEqual(2);
  });
});

it("has each id and name once, and none that means something else", () => {
  expect(new Set(SCHEMES.map((scheme) => scheme.id)).size).toBe(SCHEMES.length);
  expect(new Set(SCHEMES.map((scheme) => scheme.name)).size).toBe(SCHEMES.length);
  expect(SCHEMES.filter(({ id }) => id === "auto" || id.startsWith("imported-"))).toEqual([]);
});

it("has colours of our own that are all readable as text", () => {
  for (const scheme of SCHEMES.slice(0, 3)) {
    // Black on dark and white on light are for grounds.
    const texts = scheme.ansi.filter((_color, index) => (scheme.isDark ? index !== 0 : index !== 7 && index !== 15));
    for (const color of texts) expect(contrastOf(color, scheme.background), `${color} of ${scheme.name}`).toBeGreaterThanOrEqual(4.5);
  }
});

it("follows the desktop when it shall, or when the chosen one is gone", () => {
  expect(schemeOf({ scheme: "auto", schemes: [] }, true).id).toBe("headlessos-dark");
  expect(schemeOf({ scheme: "auto", schemes: [] }, false).id).toBe("headlessos-light");
  expect(schemeOf({ scheme: "imported-gone", schemes: [imported] }, false).id).toBe("headlessos-light");
  expect(schemeOf({ scheme: "nord", schemes: [] }, false).id).toBe("nord");
  expect(schemeOf({ scheme: "imported-mine", schemes: [imported] }, true)).toEqual(asScheme(imported));
  expect(asScheme(imported).isDark).toBe(false);
});

it("gives xterm all it wants", () => {
  const nord = schemeOf({ scheme: "nord", schemes: [] }, true);
  const theme = themeOf(nord);
  expect(ANSI_NAMES.map((name) => theme[name])).toEqual(nord.ansi);
  expect(theme).toMatchObject({ background: "#2e3440", cursorAccent: "#2e3440", magenta: "#b48ead", brightWhite: "#eceff4" });
});

it("computes with colours", () => {
  expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrastOf("#777777", "#777777")).toBe(1);
  expect(mixColors("#000000", "#ffffff", 0.5)).toBe("#808080");
  expect(hexOf([300, -4, 15.6])).toBe("#ff0010");
});
