// The items of a folder in the chosen view: one grid that takes the focus and the keys, of which only the rows in view are built.
import { useCallback, useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState, type ClipboardEvent, type CSSProperties, type DragEvent } from "react";
import { isFolder } from "../../api/folderItems";
import type { Server } from "../../api/types";
import { ContextMenu } from "../../kit/ContextMenu";
import { useSize } from "../../kit/useSize";
import { classes } from "../../lib/classes";
import { endDrag } from "../../lib/draggedFiles";
import { rowAt, topOfRow } from "../../lib/rowHeights";
import type { Shell } from "../manifest";
import { AreaMenu } from "./AreaMenu";
import { AreaState } from "./AreaStates";
import type { Commands } from "./commands";
import { beginDrag, drop, dropMeans } from "./drag";
import { only } from "./selection";
import { select, useExplorer } from "./explorer";
import { geometryOf, scrollFor } from "./geometry";
import { HeaderRow } from "./HeaderRow";
import { ItemRows } from "./ItemRows";
import { sourcesOfFiles } from "./localFiles";
import type { Scope } from "./searchForm";
import { useSettings, type View } from "./settings";
import { upload } from "./upload";
import { useAreaKeys } from "./useAreaKeys";
import { useFoundIn } from "./useFoundIn";
import type { PaneModel } from "./usePane";
import { placeOf, usePointerSelect } from "./usePointerSelect";
import { folderName } from "./words";

const NAME_LEAST_PX = 160;
/** Where each tab was scrolled to in each folder. */
const scrolls = new Map<string, number>();

export interface FileAreaProps {
  server: Server;
  shell: Shell;
  pane: PaneModel;
  commands: Commands;
  isPhone: boolean;
  onPathBar: () => void;
  onFilter: (scope: Scope) => void;
}

export function FileArea({ server, shell, pane, commands, isPhone, onPathBar, onFilter }: FileAreaProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const { view: chosen, columns: shownColumns, widths } = useSettings();
  const shownAs = (pane.search?.content ?? null) === null ? chosen : "details";
  const view = isPhone ? "phone" : shownAs;
  const { widthPx, heightPx } = useSize(scroller);
  const plain = geometryOf(shownAs, widthPx, isPhone);
  const { found, rows } = useFoundIn(server.id, shell, pane, plain.rows, widthPx, isPhone);
  const geometry = { ...plain, rows };
  const { columns, topPx, sidePx } = geometry;
  const [dropAt, setDropAt] = useState<number | "here" | null>(null);
  const { items, selection, path, tab, renaming, search } = pane;
  const { lasso, handlers } = usePointerSelect(pane, commands, scroller, geometry);
  const onKeyDown = useAreaKeys({ pane, commands, columns, pageRows: Math.max(1, rowAt(rows, heightPx - topPx) - 1), onInto: () => scroller.current?.querySelector<HTMLElement>(`[data-lines="${focusAt}"] button`)?.focus(), onPathBar, onFilter });
  const focusAt = selection.focus === null ? -1 : (pane.indexOf.get(selection.focus) ?? -1);
  const hasItems = items.length > 0;
  const focusRow = focusAt === -1 ? -1 : Math.floor(focusAt / columns);

  const scrollKey = `${tab.id}\0${path ?? ""}\0${search?.id ?? ""}`;
  useLayoutEffect(() => {
    scroller.current?.scrollTo(0, scrolls.get(scrollKey) ?? 0);
  }, [scrollKey]);
  const focus = selection.focus;
  const scrollTo = useEffectEvent((element: HTMLElement, row: number, as: View, phone: boolean) => scrollFor(row, { ...geometryOf(as, element.clientWidth, phone), rows }, element.scrollTop, element.clientHeight));
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || focus === null || focusRow === -1) return;
    const to = scrollTo(element, focusRow, shownAs, isPhone);
    if (to !== null) element.scrollTop = to;
  }, [focus, focusRow, shownAs, isPhone]);
  const focusArea = useCallback(() => scroller.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    // Who went to another folder by key goes on by key.
    if (path !== null && document.activeElement === document.body && scroller.current?.closest("[data-active-pane]") !== null) scroller.current?.focus({ preventScroll: true });
  }, [path]);

  const aimOf = (event: DragEvent): { folder: string; at: number | "here" } | null => {
    const place = placeOf(event.target);
    const item = place === null ? undefined : items[place];
    const aim = item !== undefined && place !== null && isFolder(item) ? { folder: item.path, at: place } : path === null || search !== null ? null : ({ folder: path, at: "here" } as const);
    return aim !== null && dropMeans(event, server.id, aim.folder) !== null ? aim : null;
  };
  const onDragOver = (event: DragEvent) => {
    const aim = aimOf(event);
    setDropAt(aim?.at ?? null);
    if (aim === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = dropMeans(event, server.id, aim.folder) ?? "none";
  };
  const onDrop = (event: DragEvent) => {
    const aim = aimOf(event);
    setDropAt(null);
    if (aim !== null) drop(event, server.id, aim.folder);
  };
  const onDragStart = (event: DragEvent) => {
    const place = placeOf(event.target);
    const item = place === null ? undefined : items[place];
    if (item === undefined) return;
    const now = useExplorer.getState().selections[tab.id];
    const isInside = now?.paths.has(item.path) === true;
    if (!isInside) select(tab.id, only(item.path));
    beginDrag(event, server.id, isInside && now !== undefined ? items.filter((each) => now.paths.has(each.path)).map((each) => each.path) : [item.path]);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.target instanceof HTMLInputElement || path === null) return;
    event.preventDefault();
    if (event.clipboardData.files.length > 0) void upload(server.id, path, sourcesOfFiles(event.clipboardData.files));
    else commands.paste();
  };

  const isStale = hasItems && search === null && (server.state.status !== "connected" || pane.folder.status === "failed");
  const rowCount = Math.ceil(items.length / columns);
  const columnsPx = shownColumns.map((column) => widths[column]);
  const leastPx = view === "details" ? NAME_LEAST_PX + columnsPx.reduce((sum, px) => sum + px, 0) + 16 : 0;
  const tracks: CSSProperties & Record<`--${string}`, string> = {
    "--columns": `minmax(${NAME_LEAST_PX}px, 1fr) ${columnsPx.map((px) => `${px}px`).join(" ")}`,
    "--cells": `repeat(${columns}, minmax(0, 1fr))`,
  };

  return (
    <ContextMenu items={<AreaMenu server={server.id} pane={pane} commands={commands} isPhone={isPhone} />} finalFocus={() => scroller.current}>
      <div className="flex min-h-0 min-w-0 grow flex-col">
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is one of two */}
        <div
          ref={scroller}
          role={hasItems ? "grid" : "group"}
          aria-label={search === null ? `Items in ${path === null ? "home" : folderName(path)}` : "Found items"}
          {...(hasItems
            ? {
                "aria-multiselectable": true,
                "aria-rowcount": rowCount + (view === "details" ? 1 : 0),
                "aria-colcount": view === "details" ? shownColumns.length + 1 : columns,
                "aria-activedescendant": focusAt === -1 ? undefined : `${idBase}i${focusAt}`,
              }
            : {})}
          aria-busy={pane.folder.status === "loading"}
          tabIndex={0}
          data-files-area=""
          {...handlers}
          onKeyDown={onKeyDown}
          onScroll={(event) => scrolls.set(scrollKey, event.currentTarget.scrollTop)}
          onDragStart={onDragStart}
          onDragEnd={endDrag}
          onDragOver={onDragOver}
          onDragLeave={() => setDropAt(null)}
          onDrop={onDrop}
          onPaste={onPaste}
          className={classes(
            "group/area relative min-h-0 grow overflow-auto bg-card select-none [overflow-anchor:none] focus-visible:-outline-offset-2",
            hasItems && dropAt !== "here" && "outline-none",
            dropAt === "here" && "outline-2 -outline-offset-2 outline-accent-ink",
          )}
          style={tracks}
        >
          {hasItems ? (
            <div role="none" data-stale={isStale ? "" : undefined} style={{ minWidth: leastPx }}>
              {view === "details" && <HeaderRow />}
              <div role="rowgroup" className="relative" style={{ height: topOfRow(rows, rowCount), marginTop: view === "details" ? 0 : topPx, marginInline: sidePx }}>
                <ItemRows
                  {...{ items, selection, renaming, idBase, view, scroller, columns, rows, topPx, focusAt, dropAt }}
                  folder={pane.folder}
                  server={server.id}
                  tab={tab.id}
                  showsFolder={search !== null}
                  found={found}
                  onRenamed={focusArea}
                />
              </div>
            </div>
          ) : (
            <AreaState {...{ server, shell, pane, commands }} />
          )}
          {lasso !== null && (
            <div
              aria-hidden="true"
              className="pointer-events-none absolute top-0 left-0 z-10 rounded-control border border-accent-ink bg-accent-ink/15"
              style={{ transform: `translate(${lasso.left}px, ${lasso.top}px)`, width: lasso.right - lasso.left, height: lasso.bottom - lasso.top }}
            />
          )}
        </div>
      </div>
    </ContextMenu>
  );
}
