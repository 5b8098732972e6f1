// Which parts have all the words that were typed: in their name, version, licence or origin.
import type { ShippedPart } from "../../../api/about";

const ORIGINS: Record<string, string> = { crate: "crates.io", npm: "npm" };

/** Where people get it. */
export function originWords(part: ShippedPart): string {
  return ORIGINS[part.origin] ?? part.origin;
}

export function partsFound(parts: readonly ShippedPart[], typed: string): readonly ShippedPart[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return parts;
  return parts.filter((part) => {
    const text = `${part.name} ${part.version} ${part.licence} ${originWords(part)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
