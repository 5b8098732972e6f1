// A picture among the large icons, or the icon of its kind where there is none to show.
import { useState } from "react";
import { contentUrl } from "../../api/files";
import type { FileItem } from "../../api/folderItems";
import { FileIcon } from "../../kit/FileIcon";
import { hasThumbnail } from "./thumbnails";
import { iconOf } from "./words";

export function Thumbnail({ server, item }: { server: string; item: FileItem }) {
  const [isBad, setIsBad] = useState(false);
  if (isBad || !hasThumbnail(item)) return <FileIcon {...iconOf(item)} size={72} />;
  return <img src={contentUrl(server, item.path)} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setIsBad(true)} className="max-h-20 max-w-full rounded-control object-contain" />;
}
