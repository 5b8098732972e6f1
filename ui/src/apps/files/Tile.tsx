// One item in the list, the grid and among the large icons, and as a row on a phone.
import { memo } from "react";
import { isFolder, sizeOf, type FileItem } from "../../api/folderItems";
import { FileIcon } from "../../kit/FileIcon";
import { formatBytes } from "../../lib/bytes";
import { classes } from "../../lib/classes";
import { parentOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import { lookOf, type ItemLook } from "./DetailsRow";
import { RenameInput } from "./RenameInput";
import type { View } from "./settings";
import { Thumbnail } from "./Thumbnail";
import { iconOf, momentWord, typeWord } from "./words";

export interface TileProps extends ItemLook {
  id: string;
  at: number;
  column: number;
  item: FileItem;
  server: string;
  tab: string;
  view: Exclude<View, "details"> | "phone";
  nowMs: number;
  isRenaming: boolean;
  showsFolder: boolean;
  onRenamed: () => void;
}

export const Tile = memo(function Tile(props: TileProps) {
  const { id, at, column, item, server, tab, view, nowMs, isSelected, isRenaming, showsFolder, onRenamed } = props;
  const common = { id, role: "gridcell", "aria-colindex": column + 1, "aria-selected": isSelected, "data-at": at, title: titleOf(item) } as const;
  const name = visibleText(item.name, 256);
  if (view === "grid" || view === "icons") {
    const isLarge = view === "icons";
    return (
      <div {...common} className={classes("m-0.5 flex min-w-0 flex-col items-center gap-1 px-1.5", isLarge ? "pt-3" : "pt-2", lookOf(props))}>
        <span data-grip="" draggable={!isRenaming} className={classes("grid place-items-center", isLarge ? "h-20 w-full" : "h-12")}>
          {isLarge ? <Thumbnail server={server} item={item} /> : <FileIcon {...iconOf(item)} size={44} />}
        </span>
        {isRenaming ? (
          <RenameInput server={server} tab={tab} item={item} onDone={onRenamed} className="w-full text-center" />
        ) : (
          <bdi data-grip="" draggable className="line-clamp-2 max-w-full text-center text-small [overflow-wrap:anywhere] whitespace-pre-wrap">
            {name}
          </bdi>
        )}
      </div>
    );
  }
  const isPhone = view === "phone";
  const detail = showsFolder ? parentOf(item.path) : isFolder(item) ? momentWord(item.modifiedAt, nowMs) : `${formatBytes(sizeOf(item))} · ${momentWord(item.modifiedAt, nowMs)}`;
  return (
    <div {...common} className={classes("flex min-w-0 items-center", isPhone ? "h-11 px-3" : "h-7 px-1", lookOf(props))}>
      <span data-grip="" draggable={!isRenaming && !isPhone} className={classes("flex min-w-0 items-center", isPhone || isRenaming ? "grow gap-3" : "gap-2 pl-1")}>
        <FileIcon {...iconOf(item)} size={isPhone ? 28 : 20} />
        {isRenaming ? (
          <RenameInput server={server} tab={tab} item={item} onDone={onRenamed} className="grow" />
        ) : (
          <span className="flex min-w-0 grow flex-col">
            <bdi className="truncate whitespace-pre">{name}</bdi>
            {(isPhone || showsFolder) && <bdi className="figures truncate text-caption leading-3.5 text-ink-faint">{visibleText(detail, 300)}</bdi>}
          </span>
        )}
      </span>
    </div>
  );
});

function titleOf(item: FileItem): string {
  const target = item.kind === "link" && item.link?.target ? ` → ${visibleText(item.link.target, 300)}` : "";
  return `${visibleText(item.name, 600)}${target}\n${typeWord(item)}${isFolder(item) ? "" : `, ${formatBytes(sizeOf(item))}`}`;
}
