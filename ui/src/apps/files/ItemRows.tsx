// The rows that are built: those in view and some around, and the one with the focus wherever it is, so that it can always be named.
import { memo, type ReactNode, type RefObject } from "react";
import type { FileItem } from "../../api/folderItems";
import { useNow } from "../../kit/useNow";
import { useRowWindow } from "../../kit/useRowWindow";
import { topOfRow, type RowHeights } from "../../lib/rowHeights";
import { useClipboard } from "./clipboard";
import { DetailsRow } from "./DetailsRow";
import { FoundLines, type FoundLinesProps } from "./FoundLines";
import type { Geometry } from "./geometry";
import type { View } from "./settings";
import { useSettings } from "./settings";
import { Tile } from "./Tile";
import type { PaneModel } from "./usePane";

export interface ItemRowsProps extends Pick<PaneModel, "items" | "selection" | "renaming" | "folder"> {
  idBase: string;
  server: string;
  tab: string;
  view: View | "phone";
  scroller: RefObject<HTMLElement | null>;
  columns: Geometry["columns"];
  rows: RowHeights;
  topPx: number;
  /** The item with the focus by its place, -1 for none. */
  focusAt: number;
  dropAt: number | "here" | null;
  showsFolder: boolean;
  /** Of results found by content: what shows their lines. */
  found: FoundIn | null;
  onRenamed: () => void;
}

export type FoundIn = Pick<FoundLinesProps, "find" | "room" | "onLine" | "onToggle"> & { opened: ReadonlySet<string> };

export const ItemRows = memo(function ItemRows(props: ItemRowsProps) {
  const { items, selection, renaming, folder, idBase, server, tab, view, scroller, columns, rows: heights, topPx, focusAt, dropAt, showsFolder, found, onRenamed } = props;
  const shownColumns = useSettings((settings) => settings.columns);
  const shown = useRowWindow(scroller, heights, topPx);
  const clipboard = useClipboard((state) => state.clipboard);
  const nowMs = useNow(60_000);
  const cut = clipboard !== null && clipboard.isCut && clipboard.server === server ? new Set(clipboard.paths) : null;
  const rowCount = Math.ceil(items.length / columns);
  const to = Math.min(rowCount, shown.to);
  // A list that became shorter is scrolled back only after this.
  const from = Math.min(shown.from, Math.max(0, rowCount - 1));

  const linesOf = (item: FileItem, at: number): ReactNode => {
    if (found === null || item.lines === undefined) return null;
    const { opened, ...rest } = found;
    return <FoundLines {...rest} at={at} path={item.path} lines={item.lines} isOpen={opened.has(item.path)} isPhone={view === "phone"} columns={view === "details" ? shownColumns.length + 1 : columns} onLeave={onRenamed} />;
  };
  const rowOf = (row: number): ReactNode => {
    const inRow: ReactNode[] = [];
    const heightPx = topOfRow(heights, row + 1) - topOfRow(heights, row);
    let below: ReactNode = null;
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const item = items[at];
      if (item === undefined) break;
      const common = {
        id: `${idBase}i${at}`,
        at,
        item,
        server,
        tab,
        nowMs,
        isSelected: selection.paths.has(item.path),
        isFocused: at === focusAt,
        isCut: cut?.has(item.path) ?? false,
        isDropTarget: dropAt === at,
        isRenaming: renaming === item.path,
        showsFolder,
        onRenamed,
      };
      below = linesOf(item, at);
      if (view === "details") return <DetailsRow key={item.path} {...common} columns={shownColumns} users={folder.users} groups={folder.groups} below={below === null ? null : { content: below, heightPx }} />;
      inRow.push(<Tile key={item.path} {...common} view={view} column={column} />);
    }
    return (
      <div key={row} role="row" aria-rowindex={row + 1} className="grid auto-rows-min grid-cols-(--cells)" style={{ height: heightPx }}>
        {inRow}
        {below}
      </div>
    );
  };
  const rows: ReactNode[] = [];
  for (let row = from; row < to; row += 1) rows.push(rowOf(row));
  const focusRow = focusAt === -1 ? -1 : Math.floor(focusAt / columns);
  const isFocusAway = focusRow !== -1 && (focusRow < from || focusRow >= to);
  return (
    <>
      <div role="none" className="absolute inset-x-0 top-0 contain-layout" style={{ transform: `translateY(${topOfRow(heights, from)}px)` }}>
        {rows}
      </div>
      {isFocusAway && (
        <div role="none" className="absolute inset-x-0 top-0" style={{ transform: `translateY(${topOfRow(heights, focusRow)}px)` }}>
          {rowOf(focusRow)}
        </div>
      )}
    </>
  );
});
