// Which pictures are shown small among the large icons: none that costs the page more than a look is worth, as nobody asked for it.
import { isFolder, sizeOf, type FileItem } from "../../api/folderItems";
import { familyOf } from "../../lib/fileFamily";

/** Larger pictures are not fetched to be shown small. */
const LARGEST_BYTES = 2 * 1024 * 1024;

/** Drawings are programs of a kind: a few lines of one can stand for more parts than any page draws, in more ways than can be told from its text. */
const DRAWING = /\.svgz?$/i;

export function hasThumbnail(item: FileItem): boolean {
  const sizeBytes = sizeOf(item);
  return !isFolder(item) && sizeBytes !== null && sizeBytes > 0 && sizeBytes <= LARGEST_BYTES && familyOf(item.name) === "image" && !DRAWING.test(item.name);
}
