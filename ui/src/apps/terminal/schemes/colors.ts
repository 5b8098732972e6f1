// What can be computed from colours written as `#rrggbb`; anything else counts as black.

export const HEX_COLOR = /^#[0-9a-f]{6}$/i;

/** 1 (the same) to 21 (black on white), as WCAG defines it. */
export function contrastOf(one: string, other: string): number {
  const [low = 0, high = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Whether white is easier to read on it than black. */
export function isDarkColor(color: string): boolean {
  return contrastOf(color, "#ffffff") > contrastOf(color, "#000000");
}

/** The colour `share` (0 to 1) of the way from one to the other. */
export function mixColors(from: string, to: string, share: number): string {
  const ends = partsOf(to);
  return hexOf(partsOf(from).map((part, index) => part + ((ends[index] ?? 0) - part) * share));
}

/** Three parts from 0 to 255 as `#rrggbb`. */
export function hexOf(parts: readonly number[]): string {
  return `#${parts.map((part) => Math.round(Math.max(0, Math.min(255, part))).toString(16).padStart(2, "0")).join("")}`;
}

function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(color).map((part) => linear(part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function partsOf(color: string): number[] {
  if (!HEX_COLOR.test(color)) return [0, 0, 0];
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function linear(share: number): number {
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
