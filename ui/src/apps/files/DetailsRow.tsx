// One row of the details: icon and name, then the chosen columns.
import { memo, type ReactNode } from "react";
import { isBroken, sizeOf, type FileItem } from "../../api/folderItems";
import { FileIcon } from "../../kit/FileIcon";
import { classes } from "../../lib/classes";
import { formatBytes } from "../../lib/bytes";
import { formatMode, formatOctal } from "../../lib/fileMode";
import { parentOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import { RenameInput } from "./RenameInput";
import type { Column } from "./settings";
import { exactMoment, iconOf, momentWord, typeWord } from "./words";

export interface ItemLook {
  isSelected: boolean;
  isFocused: boolean;
  isCut: boolean;
  isDropTarget: boolean;
}

export interface DetailsRowProps extends ItemLook {
  id: string;
  at: number;
  item: FileItem;
  server: string;
  tab: string;
  columns: readonly Column[];
  users: ReadonlyMap<number, string>;
  groups: ReadonlyMap<number, string>;
  nowMs: number;
  isRenaming: boolean;
  /** Results of a search lie in different folders. */
  showsFolder: boolean;
  /** What comes below the name over the whole width, and the height of the row with it. */
  below: { content: ReactNode; heightPx: number } | null;
  onRenamed: () => void;
}

export const DetailsRow = memo(function DetailsRow(props: DetailsRowProps) {
  const { id, at, item, server, tab, columns, isSelected, isRenaming, showsFolder, below, onRenamed } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isSelected}
      data-at={at}
      className={classes("grid auto-rows-min grid-cols-(--columns) items-center px-2", below === null && "h-7", lookOf(props))}
      style={below === null ? undefined : { height: below.heightPx }}
    >
      <div role="gridcell" className="flex h-7 min-w-0 items-center">
        {isRenaming ? (
          <span className="flex min-w-0 grow items-center gap-2 px-1">
            <FileIcon {...iconOf(item)} size={20} />
            <RenameInput server={server} tab={tab} item={item} onDone={onRenamed} className="grow" />
          </span>
        ) : (
          <span data-grip="" draggable className="flex min-w-0 items-center gap-2 rounded-control px-1 py-0.5">
            <FileIcon {...iconOf(item)} size={20} />
            <bdi className="truncate whitespace-pre">{visibleText(item.name, 256)}</bdi>
            {item.kind === "link" && <bdi className="shrink-[3] truncate text-small text-ink-faint">→ {visibleText(item.link?.target ?? "…", 200)}</bdi>}
            {isBroken(item) && <span className="shrink-0 text-small text-ink-soft">broken</span>}
            {showsFolder && <bdi className="shrink-[2] truncate text-small text-ink-faint">{visibleText(parentOf(item.path), 300)}</bdi>}
          </span>
        )}
      </div>
      {columns.map((column) => (
        <div key={column} role="gridcell" className={classes("truncate px-2 text-small text-ink-soft", LOOKS[column])} title={titleOf(column, item)}>
          {textOf(column, props)}
        </div>
      ))}
      {below?.content}
    </div>
  );
});

/** How selected, focused, cut and aimed-at items look, in every view. */
export function lookOf({ isSelected, isFocused, isCut, isDropTarget }: ItemLook): string {
  return classes(
    "rounded-control",
    isSelected ? "bg-accent-ground" : "hover:bg-hover",
    isFocused && "-outline-offset-1 outline-accent-ink group-focus/area:outline-1",
    isDropTarget && "bg-accent-ground outline-2 -outline-offset-2 outline-accent-ink",
    isCut && "opacity-50",
  );
}

const LOOKS: Record<Column, string> = { size: "figures text-right", modified: "figures", type: "", mode: "font-mono text-caption [font-variant-ligatures:none]", owner: "", group: "" };

function textOf(column: Column, { item, users, groups, nowMs }: DetailsRowProps): string {
  switch (column) {
    case "size":
      return formatBytes(sizeOf(item));
    case "modified":
      return momentWord(item.modifiedAt, nowMs);
    case "type":
      return typeWord(item);
    case "mode":
      return formatMode(item.mode);
    case "owner":
      return nameOfId(item.uid, users);
    case "group":
      return nameOfId(item.gid, groups);
  }
}

function titleOf(column: Column, item: FileItem): string | undefined {
  if (column === "modified") return exactMoment(item.modifiedAt);
  if (column === "mode" && item.mode !== null) return formatOctal(item.mode);
  const sizeBytes = sizeOf(item);
  return column === "size" && sizeBytes !== null ? `${sizeBytes.toLocaleString("en-GB")} bytes` : undefined;
}

function nameOfId(id: number | null, names: ReadonlyMap<number, string>): string {
  return id === null ? "–" : visibleText(names.get(id) ?? String(id), 64);
}
