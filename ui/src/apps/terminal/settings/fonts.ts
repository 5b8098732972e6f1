// Which fonts this computer has, found by measuring text: a font that is missing measures like what stands in for it.

/** Fonts for terminals that people often have; offered where they are there. */
const WELL_KNOWN = [
  "Cascadia Code",
  "Cascadia Mono",
  "Consolas",
  "DejaVu Sans Mono",
  "Fira Code",
  "Fira Mono",
  "Hack",
  "IBM Plex Mono",
  "Inconsolata",
  "Iosevka",
  "Liberation Mono",
  "Menlo",
  "Monaco",
  "Noto Sans Mono",
  "Roboto Mono",
  "SF Mono",
  "Source Code Pro",
  "Ubuntu Mono",
];
const STAND_INS = ["monospace", "serif", "cursive"];
const MIXED = "mmMWil10@g&";

/** The well-known ones that are there. */
export function knownFonts(): string[] {
  return WELL_KNOWN.filter(hasFont);
}

/** Whether there is a font of this name. Where text cannot be measured, every name is believed. */
export function hasFont(name: string): boolean {
  return STAND_INS.some((standIn) => widthOf(MIXED, `"${name}", ${standIn}`) !== widthOf(MIXED, standIn)) || widthOf(MIXED, "serif") === 0;
}

/** Whether all characters of the font are equally wide, as a terminal needs it. */
export function isMonospaced(name: string): boolean {
  return Math.abs(widthOf("iiiiiiii", `"${name}"`) - widthOf("WWWWWWWW", `"${name}"`)) < 1;
}

/** Height of a line in pixels as the font wants it, before anything is added; where it cannot be measured, that of most fonts. */
export function heightOf(family: string, fontSize: number): number {
  const metrics = measured("W", family, fontSize);
  return metrics === null ? fontSize * 1.3 : metrics.fontBoundingBoxAscent + metrics.fontBoundingBoxDescent;
}

let canvas: CanvasRenderingContext2D | null = null;

function measured(text: string, family: string, fontSize: number): TextMetrics | null {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (canvas === null) return null;
  canvas.font = `${fontSize}px ${family}`;
  return canvas.measureText(text);
}

function widthOf(text: string, family: string): number {
  return measured(text, family, 64)?.width ?? 0;
}
