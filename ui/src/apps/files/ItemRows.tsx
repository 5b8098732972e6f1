// The rows that are built: those in view and some around, and the one with the focus wherever it is, so that it can always be named.
import { memo, type ReactNode, type RefObject } from "react";
import { useNow } from "../../kit/useNow";
import { useRowWindow } from "../../kit/useRowWindow";
import { useClipboard } from "./clipboard";
import { DetailsRow } from "./DetailsRow";
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
  rowHeightPx: number;
  topPx: number;
  /** The item with the focus by its place, -1 for none. */
  focusAt: number;
  dropAt: number | "here" | null;
  showsFolder: boolean;
  onRenamed: () => void;
}

export const ItemRows = memo(function ItemRows(props: ItemRowsProps) {
  const { items, selection, renaming, folder, idBase, server, tab, view, scroller, columns, rowHeightPx, topPx, focusAt, dropAt, showsFolder, onRenamed } = props;
  const shownColumns = useSettings((settings) => settings.columns);
  const shown = useRowWindow(scroller, rowHeightPx, topPx);
  const clipboard = useClipboard((state) => state.clipboard);
  const nowMs = useNow(60_000);
  const cut = clipboard !== null && clipboard.isCut && clipboard.server === server ? new Set(clipboard.paths) : null;
  const rowCount = Math.ceil(items.length / columns);
  const to = Math.min(rowCount, shown.to);
  // A list that became shorter is scrolled back only after this.
  const from = Math.min(shown.from, Math.max(0, rowCount - 1));

  const rowOf = (row: number): ReactNode => {
    const inRow: ReactNode[] = [];
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
      if (view === "details") return <DetailsRow key={item.path} {...common} columns={shownColumns} users={folder.users} groups={folder.groups} />;
      inRow.push(<Tile key={item.path} {...common} view={view} column={column} />);
    }
    return (
      <div key={row} role="row" aria-rowindex={row + 1} className="grid grid-cols-(--cells)" style={{ height: rowHeightPx }}>
        {inRow}
      </div>
    );
  };
  const rows: ReactNode[] = [];
  for (let row = from; row < to; row += 1) rows.push(rowOf(row));
  const focusRow = focusAt === -1 ? -1 : Math.floor(focusAt / columns);
  const isFocusAway = focusRow !== -1 && (focusRow < from || focusRow >= to);
  return (
    <>
      <div role="none" className="absolute inset-x-0 top-0" style={{ transform: `translateY(${from * rowHeightPx}px)` }}>
        {rows}
      </div>
      {isFocusAway && (
        <div role="none" className="absolute inset-x-0 top-0" style={{ transform: `translateY(${focusRow * rowHeightPx}px)` }}>
          {rowOf(focusRow)}
        </div>
      )}
    </>
  );
});
