// The list as a tree of folders and servers: a header that sorts, rows chosen by pointer and keys, a menu for each; only rows in sight are built.
import { ArrowDown, ArrowUp } from "lucide-react";
import { useId, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from "react";
import type { Server } from "../../api/types";
import { ContextMenu } from "../../kit/ContextMenu";
import { useIsPhone } from "../../kit/useIsPhone";
import { useRowWindow } from "../../kit/useRowWindow";
import { classes } from "../../lib/classes";
import { stacked, topOfRow } from "../../lib/rowHeights";
import { FolderRow } from "./FolderRow";
import { RowMenu, type Act } from "./RowMenu";
import type { Row, Sort } from "./rows";
import { pick, type Picked, type PickRow } from "./selection";
import { ServerRow } from "./ServerRow";
import { TRACKS } from "./tracks";
import { setFolderOpen, sortBy, useView } from "./view";

const HEADER_PX = 30;
/** As high as the rows are drawn. */
const ROW_PX = { desk: { server: 48, folder: 34 }, touch: { server: 60, folder: 48 } };
const COLUMNS: readonly { by: Sort; name: string; look: string }[] = [
  { by: "name", name: "Server", look: "" },
  { by: "state", name: "Connection", look: "" },
  { by: "lastSeen", name: "Last seen", look: "@max-medium:hidden" },
];

export interface ServerTableProps {
  rows: readonly Row[];
  active: Server;
  picked: Picked;
  chosen: readonly Server[];
  act: Act;
  onPick: (picked: Picked) => void;
  onSearch: () => void;
}

export function ServerTable({ rows, active, picked, chosen, act, onPick, onSearch }: ServerTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const isPhone = useIsPhone();
  const view = useView();
  const rowPx = isPhone ? ROW_PX.touch : ROW_PX.desk;
  const headerPx = isPhone ? 0 : HEADER_PX;
  const tops = useMemo(() => stacked(rows.map(({ kind }) => rowPx[kind])), [rows, rowPx]);
  const shown = useRowWindow(scroller, tops, headerPx);
  const pickRows: PickRow[] = rows.map((row) => ({ id: row.id, server: row.kind === "server" ? row.server.id : null }));
  const focusAt = rows.findIndex((row) => row.id === picked.focus);
  const focused = rows[focusAt];

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || focusAt === -1) return;
    const top = topOfRow(tops, focusAt);
    const bottom = topOfRow(tops, focusAt + 1) + headerPx;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
  }, [focusAt, tops, headerPx]);

  const go = (at: number, how: "one" | "toggle" | "range") => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, at))];
    if (row !== undefined) onPick(pick(pickRows, picked, row.id, how));
  };
  const toggleFolder = (row: Row | undefined) => row?.kind === "folder" && setFolderOpen(row.path, !row.isOpen);

  const onClick = (event: MouseEvent) => {
    const at = placeOf(event.target);
    const row = at === null ? undefined : rows[at];
    if (at === null || row === undefined || isOnButton(event.target)) return;
    const isToggle = event.ctrlKey || event.metaKey || isOnBox(event.target) || (isPhone && picked.ids.size > 0);
    go(at, event.shiftKey ? "range" : isToggle ? "toggle" : "one");
    if (row.kind === "folder") toggleFolder(row);
    else if (isPhone && !isToggle) act.open(row.server);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const at = placeOf(event.target);
    const row = at === null ? undefined : rows[at];
    if (row?.kind === "server" && !isOnButton(event.target) && !isOnBox(event.target)) act.open(row.server);
  };
  const onContextMenu = (event: MouseEvent) => {
    const at = placeOf(event.target);
    const row = at === null ? undefined : rows[at];
    if (row?.kind === "server" && !picked.ids.has(row.server.id)) onPick(pick(pickRows, picked, row.id, "one"));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx.server) - 2);
    const to = { ArrowDown: focusAt + 1, ArrowUp: Math.max(0, focusAt - 1), Home: 0, End: rows.length - 1, PageDown: focusAt + page, PageUp: Math.max(0, focusAt - page) }[event.key];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (to !== undefined && !event.altKey) go(to, event.shiftKey ? "range" : "one");
    else if (event.key === " ") go(focusAt, "toggle");
    else if (event.key === "Enter" && focused?.kind === "server") act.open(focused.server);
    else if (event.key === "Enter") toggleFolder(focused);
    else if (event.key === "ArrowRight" && focused?.kind === "folder") setFolderOpen(focused.path, true);
    else if (event.key === "ArrowLeft" && focused?.kind === "folder" && focused.isOpen) setFolderOpen(focused.path, false);
    else if (event.key === "ArrowLeft") go(parentAt(rows, focusAt), "one");
    else if (event.key === "F2" && focused?.kind === "server" && focused.server.kind !== "local") act.edit(focused.server);
    else if (event.key === "Delete") removeChosen();
    else if (event.key === "/" && isPlain) onSearch();
    else if (event.key === "Escape" && picked.ids.size > 0) onPick({ ...picked, ids: new Set() });
    else if (event.key === "a" && (event.ctrlKey || event.metaKey)) onPick({ ...picked, ids: new Set(pickRows.flatMap(({ server }) => (server === null ? [] : [server]))) });
    else if (event.key.length === 1 && isPlain && event.key !== " ") typeAhead(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const removeChosen = () => {
    const own = chosen.filter((server) => server.kind !== "local");
    if (own.length > 0) act.remove(own);
  };
  const typeAhead = (letter: string) => {
    const after = [...rows.slice(focusAt + 1), ...rows.slice(0, focusAt + 1)];
    const next = after.find((row) => (row.kind === "folder" ? row.name : row.server.name).toLowerCase().startsWith(letter.toLowerCase()));
    if (next !== undefined) go(rows.indexOf(next), "one");
  };

  const to = Math.min(rows.length, shown.to);
  return (
    <ContextMenu finalFocus={() => scroller.current} items={<RowMenu servers={chosen} act={act} />}>
      <div className="flex min-h-0 grow flex-col">
        <div
          ref={scroller}
          role="treegrid"
          aria-label="Servers"
          aria-multiselectable="true"
          aria-rowcount={rows.length + 1}
          aria-activedescendant={focusAt >= shown.from && focusAt < to ? `${idBase}${focusAt}` : undefined}
          tabIndex={0}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onContextMenu={onContextMenu}
          onKeyDown={onKey}
          className="group/list min-h-0 grow overflow-auto bg-card -outline-offset-2 outline-none select-none [overflow-anchor:none]"
        >
          {!isPhone && (
            <div role="row" aria-rowindex={1} className={`sticky top-0 z-10 h-7.5 items-stretch border-b border-line bg-card px-2 ${TRACKS}`}>
              {COLUMNS.map(({ by, name, look }) => (
                <div key={by} role="columnheader" aria-sort={view.sort === by ? (view.isDescending ? "descending" : "ascending") : "none"} className={classes("flex min-w-0", look)}>
                  <button
                    type="button"
                    onClick={() => sortBy(by)}
                    className={classes(
                      "flex min-w-0 grow items-center gap-1 rounded-control px-2 text-small font-medium hover:bg-hover focus-visible:-outline-offset-2",
                      view.sort === by ? "text-ink" : "text-ink-soft",
                      by === "name" && "pl-10",
                    )}
                  >
                    {name}
                    {view.sort === by && (view.isDescending ? <ArrowDown size={12} strokeWidth={2} aria-hidden="true" /> : <ArrowUp size={12} strokeWidth={2} aria-hidden="true" />)}
                  </button>
                </div>
              ))}
              <div role="columnheader">
                <span className="sr-only">Actions</span>
              </div>
            </div>
          )}
          <div role="rowgroup" className="relative" style={{ height: topOfRow(tops, rows.length) }}>
            <div role="none" className="absolute inset-x-0 top-0" style={{ transform: `translateY(${topOfRow(tops, shown.from)}px)` }}>
              {rows.slice(shown.from, to).map((row, index) => {
                const at = shown.from + index;
                const common = { id: `${idBase}${at}`, at, isFocused: at === focusAt, isPhone };
                return row.kind === "folder" ? (
                  <FolderRow key={row.id} row={row} {...common} />
                ) : (
                  <ServerRow key={row.id} server={row.server} depth={row.depth} isActive={row.server.id === active.id} isPicked={picked.ids.has(row.server.id)} hasPicked={picked.ids.size > 1} act={act} {...common} />
                );
              })}
            </div>
          </div>
        </div>
      </div>
    </ContextMenu>
  );
}

function placeOf(target: EventTarget): number | null {
  const at = target instanceof Element ? target.closest<HTMLElement>("[data-at]")?.dataset["at"] : undefined;
  return at === undefined ? null : Number(at);
}

function isOnButton(target: EventTarget): boolean {
  return target instanceof Element && target.closest("button") !== null;
}

function isOnBox(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[data-box]") !== null;
}

/** The row of the folder around a row; itself where it is in none. */
function parentAt(rows: readonly Row[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  const parent = rows.slice(0, Math.max(0, at)).findLastIndex((row) => row.kind === "folder" && row.depth < depth);
  return parent === -1 ? at : parent;
}
