// A picture among the large icons, or the icon of its kind where there is none to show.
import { useMemo, useState, type ReactNode } from "react";
import { contentUrl } from "../../api/files";
import type { FileItem } from "../../api/folderItems";
import { useFilePart } from "../../api/useFilePart";
import { FileIcon } from "../../kit/FileIcon";
import { drawingUrl, LARGEST_DRAWING_BYTES, thumbnailOf } from "./thumbnails";
import { iconOf } from "./words";

interface ThumbnailProps {
  server: string;
  item: FileItem;
}

export function Thumbnail({ server, item }: ThumbnailProps) {
  const kind = thumbnailOf(item);
  const icon = <FileIcon {...iconOf(item)} size={72} />;
  if (kind === "picture") return <Picture url={contentUrl(server, item.path)} otherwise={icon} />;
  return kind === "drawing" ? <Drawing server={server} item={item} otherwise={icon} /> : icon;
}

function Drawing({ server, item, otherwise }: ThumbnailProps & { otherwise: ReactNode }) {
  const { part } = useFilePart(server, item.path, item.modifiedAt, LARGEST_DRAWING_BYTES, false);
  const url = useMemo(() => (part === null || part.isCut ? null : drawingUrl(part.bytes)), [part]);
  return url === null ? otherwise : <Picture url={url} otherwise={otherwise} />;
}

function Picture({ url, otherwise }: { url: string; otherwise: ReactNode }) {
  const [isBad, setIsBad] = useState(false);
  if (isBad) return otherwise;
  return <img src={url} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setIsBad(true)} className="max-h-20 max-w-full rounded-control object-contain" />;
}
