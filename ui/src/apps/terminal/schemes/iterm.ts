// The colours of an iTerm2 file (.itermcolors): a property list with one dictionary per colour.
import { hexOf } from "./colors";
import { parsePlist, type PlistDict } from "./plist";
import type { FoundColors } from "./importScheme";

const COMPONENTS = ["Red Component", "Green Component", "Blue Component"] as const;

/** The colours that are there; null when the text is no such file. */
export function parseItermColors(text: string): FoundColors | null {
  const file = parsePlist(text);
  if (file === null) return null;
  return {
    name: null,
    foreground: colorOf(file, "Foreground Color"),
    background: colorOf(file, "Background Color"),
    cursor: colorOf(file, "Cursor Color"),
    selection: colorOf(file, "Selection Color"),
    ansi: Array.from({ length: 16 }, (_none, index) => colorOf(file, `Ansi ${index} Color`)),
  };
}

function colorOf(file: PlistDict, key: string): string | null {
  const color = file.get(key);
  if (!(color instanceof Map)) return null;
  const parts = COMPONENTS.map((name): unknown => color.get(name));
  if (!parts.every((part): part is number => typeof part === "number" && part >= 0 && part <= 1)) return null;
  const srgb = color.get("Color Space") === "P3" ? fromP3(parts) : parts;
  return hexOf(srgb.map((part) => part * 255));
}

/** Display P3, which newer versions write, in sRGB; what sRGB cannot show is brought to its edge by `hexOf`. */
function fromP3(parts: readonly number[]): number[] {
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return [
    1.224_94 * red - 0.224_94 * green,
    -0.042_057 * red + 1.042_057 * green,
    -0.019_638 * red - 0.078_636 * green + 1.098_274 * blue,
  ].map((part) => (part <= 0.003_130_8 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055));
}
