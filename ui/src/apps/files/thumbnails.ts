// Which pictures are shown small among the large icons: none that costs the page more than a look is worth, as nobody asked for it.
import { isFolder, sizeOf, type FileItem } from "../../api/folderItems";
import { familyOf } from "../../lib/fileFamily";

/** Larger pictures are not fetched to be shown small. */
const LARGEST_BYTES = 2 * 1024 * 1024;
/** Drawings are programs of a kind; icons and logos are smaller. */
export const LARGEST_DRAWING_BYTES = 64 * 1024;

/** What draws a part again and again, or names it for that: ten lines of it can stand for more parts than any page draws. */
const REPEATS = /<(?:[\w.-]+:)?(?:use|pattern|marker|filter|animate\w*|set)\b|<!/i;

/** How an item's picture comes: by its address, or as a drawing that is read first; null for none. */
export function thumbnailOf(item: FileItem): "picture" | "drawing" | null {
  const sizeBytes = sizeOf(item);
  if (isFolder(item) || sizeBytes === null || sizeBytes === 0 || familyOf(item.name) !== "image") return null;
  if (/\.svgz?$/i.test(item.name)) return sizeBytes <= LARGEST_DRAWING_BYTES ? "drawing" : null;
  return sizeBytes <= LARGEST_BYTES ? "picture" : null;
}

/** The address of a drawing whose parts are all drawn once; null for any other. It is made of what was read: a server may send something else the next time. */
export function drawingUrl(bytes: Uint8Array): string | null {
  let text: string;
  try {
    // In other encodings its words would not be found.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
  // From each beginning of a remark that does not end, the rest would be looked through in vain.
  const lastRemark = text.lastIndexOf("<!--");
  if (lastRemark >= 0 && text.lastIndexOf("-->") < lastRemark + 4) return null;
  const isOther = text.includes("\0") || /^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])/i.test(text);
  return isOther || REPEATS.test(text.replace(/<!--.*?-->|<!doctype svg\b[^[\]<>]*>/gis, "")) ? null : `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}
