// Records of any kind as a table: it sorts, filters, copies, and builds only the rows in sight.
import { ArrowDown, ArrowUp, Braces, Copy, FileSpreadsheet, List, Search } from "lucide-react";
import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { ContextMenu } from "../../kit/ContextMenu";
import { Dialog } from "../../kit/Dialog";
import { MenuItem, MenuSeparator } from "../../kit/Menu";
import { useIsPhone } from "../../kit/useIsPhone";
import { useRowWindow } from "../../kit/useRowWindow";
import { classes } from "../../lib/classes";
import { clamp } from "../../lib/numbers";
import { visibleText } from "../../lib/visibleText";
import { cellOf, compare, csvOf, heading, type RecordList } from "./answerShape";
import { Fields } from "./Fields";
import { RecordRow } from "./RecordRow";

const DESK_HEADER_PX = 30;
const ROW_PX = 26;
const TOUCH_ROW_PX = 48;
/** How many rows tell how wide a column is. */
const ROWS_MEASURED = 200;
const MENU_ICON = { size: 15, strokeWidth: 1.75 };

type Row = RecordList["rows"][number];

export function RecordTable({ list, label }: { list: RecordList; label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const idBase = useId();
  const [order, setOrder] = useState<{ by: string; isDescending: boolean } | null>(null);
  const [filter, setFilter] = useState("");
  const [focusAt, setFocusAt] = useState(-1);
  const [cellAt, setCellAt] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const isPhone = useIsPhone();
  const rowPx = isPhone ? TOUCH_ROW_PX : ROW_PX;
  const headerPx = isPhone ? 0 : DESK_HEADER_PX;
  const shown = useRowWindow(scroller, rowPx, headerPx);

  const rows = useMemo(() => {
    const wanted = filter.toLowerCase();
    const found = wanted === "" ? list.rows : list.rows.filter((row) => list.columns.some((column) => cellOf(column, row[column]).text.toLowerCase().includes(wanted)));
    if (order === null) return found;
    const sorted = found.toSorted((a, b) => compare(a[order.by], b[order.by]));
    return order.isDescending ? sorted.toReversed() : sorted;
  }, [list, filter, order]);
  const widths = useMemo(() => list.columns.map((column) => widthOf(column, list.rows)), [list]);
  const tracks = widths.map((width) => `minmax(0, ${width}fr)`).join(" ");
  const numbers = useMemo(() => new Set(list.columns.filter((column) => list.rows.some((row) => typeof row[column] === "number"))), [list]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || focusAt < 0) return;
    const top = focusAt * rowPx;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowPx + headerPx > element.scrollTop + element.clientHeight) element.scrollTop = top + rowPx + headerPx - element.clientHeight;
  }, [focusAt, rowPx, headerPx]);

  if (list.rows.length === 0) return <p className="p-8 text-center text-ink-faint">There are none.</p>;

  const focused = rows[focusAt];
  const column = list.columns[cellAt] ?? list.columns[0] ?? "";
  const copy = (text: string) => void navigator.clipboard.writeText(text).catch(() => undefined);
  const onPoint = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-cell]") : null;
    const row = cell?.closest<HTMLElement>("[data-at]") ?? null;
    if (cell === null || row === null) return;
    setFocusAt(Number(row.dataset["at"]));
    setCellAt(Number(cell.dataset["cell"]));
    if (isPhone && event.type === "click") setIsOpen(true);
  };
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2);
    const to = { ArrowDown: focusAt + 1, ArrowUp: focusAt - 1, Home: 0, End: rows.length - 1, PageDown: focusAt + page, PageUp: focusAt - page }[event.key];
    if (event.target !== scroller.current) return;
    if (to !== undefined) setFocusAt(clamp(to, 0, rows.length - 1));
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") setCellAt(clamp(cellAt + (event.key === "ArrowRight" ? 1 : -1), 0, list.columns.length - 1));
    else if (event.key === "Enter" && focused !== undefined) setIsOpen(true);
    else if (event.key === "/") field.current?.focus();
    else if (event.key === "c" && (event.ctrlKey || event.metaKey) && focused !== undefined) copy(plain(focused[column]));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const to = Math.min(rows.length, shown.to);
  const inSight = rows.slice(shown.from, to).map((row, index) => ({ at: shown.from + index, row }));
  return (
    <>
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3 max-wide:h-12">
        <Search size={14} strokeWidth={1.75} className="shrink-0 text-ink-faint" aria-hidden="true" />
        <input
          ref={field}
          type="search"
          aria-label={`Filter ${label}`}
          placeholder="Filter"
          value={filter}
          onChange={(event) => {
            setFilter(event.target.value);
            setFocusAt(-1);
          }}
          onKeyDown={(event) => event.key === "Escape" && scroller.current?.focus()}
          className="h-7 min-w-0 grow bg-transparent text-ink outline-none placeholder:text-ink-faint max-wide:h-11"
        />
        <span className="figures shrink-0 text-small text-ink-faint">{rows.length === list.rows.length ? rows.length : `${rows.length} of ${list.rows.length}`}</span>
      </div>
      <ContextMenu
        finalFocus={() => scroller.current}
        items={
          <>
            <MenuItem icon={<List {...MENU_ICON} />} keys="Enter" isDisabled={focused === undefined} onSelect={() => setIsOpen(true)}>
              Show the row
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Copy {...MENU_ICON} />} keys="Ctrl+C" isDisabled={focused === undefined} onSelect={() => focused !== undefined && copy(plain(focused[column]))}>
              Copy {heading(column).toLowerCase()}
            </MenuItem>
            <MenuItem icon={<Braces {...MENU_ICON} />} isDisabled={focused === undefined} onSelect={() => copy(JSON.stringify(focused, null, 2))}>
              Copy row as JSON
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<FileSpreadsheet {...MENU_ICON} />} onSelect={() => copy(csvOf({ ...list, rows }))}>
              Copy table as CSV
            </MenuItem>
            <MenuItem icon={<Braces {...MENU_ICON} />} onSelect={() => copy(JSON.stringify(rows, null, 2))}>
              Copy table as JSON
            </MenuItem>
          </>
        }
      >
        <div
          ref={scroller}
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-activedescendant={focusAt >= shown.from && focusAt < to ? `${idBase}${focusAt}` : undefined}
          tabIndex={0}
          onClick={onPoint}
          onContextMenu={onPoint}
          onKeyDown={onKey}
          className="group/area min-h-60 grow overflow-auto bg-card outline-none [overflow-anchor:none]"
        >
          <div role="none" className="min-w-full text-small" style={isPhone ? {} : { width: `${widths.reduce((sum, width) => sum + width, 0)}ch` }}>
            <div role="row" aria-rowindex={1} hidden={isPhone} className="sticky top-0 z-10 grid h-7.5 items-stretch max-wide:hidden border-b border-line bg-card px-2" style={{ gridTemplateColumns: tracks }}>
              {list.columns.map((name) => (
                <div key={name} role="columnheader" aria-sort={order?.by === name ? (order.isDescending ? "descending" : "ascending") : "none"} className="flex min-w-0">
                  <button
                    type="button"
                    title={name}
                    onClick={() => setOrder(order?.by !== name ? { by: name, isDescending: false } : order.isDescending ? null : { by: name, isDescending: true })}
                    className={classes("flex min-w-0 grow items-center gap-1 rounded-control px-2 text-small font-medium hover:bg-hover focus-visible:-outline-offset-2", order?.by === name ? "text-ink" : "text-ink-soft", numbers.has(name) && "justify-end")}
                  >
                    <span className="truncate">{heading(name)}</span>
                    {order?.by === name && (order.isDescending ? <ArrowDown size={12} strokeWidth={2} aria-hidden="true" /> : <ArrowUp size={12} strokeWidth={2} aria-hidden="true" />)}
                  </button>
                </div>
              ))}
            </div>
            <div role="rowgroup" className="relative" style={{ height: rows.length * rowPx }}>
              <div role="none" className="absolute inset-x-0 top-0" style={{ transform: `translateY(${shown.from * rowPx}px)` }}>
                {inSight.map(({ at, row }) => (
                  <RecordRow key={at} isPhone={isPhone} id={`${idBase}${at}`} at={at} row={row} columns={list.columns} tracks={tracks} cellAt={at === focusAt ? cellAt : null} heightPx={rowPx} />
                ))}
              </div>
            </div>
            {rows.length === 0 && <p className="p-8 text-center text-ink-faint">Nothing has “{visibleText(filter, 60)}” in it.</p>}
          </div>
        </div>
      </ContextMenu>
      {isOpen && focused !== undefined && (
        <Dialog title={label} lead={`Row ${focusAt + 1} of ${rows.length}`} isOpen onClose={() => setIsOpen(false)}>
          <Fields record={focused} />
        </Dialog>
      )}
    </>
  );
}

/** In characters: wide enough for what most rows hold, and no wider than forty. */
function widthOf(column: string, rows: readonly Row[]): number {
  let longest = heading(column).length + 2;
  for (const row of rows.slice(0, ROWS_MEASURED)) longest = Math.max(longest, Math.min(40, cellOf(column, row[column]).text.length));
  return longest + 3;
}

/** What a person means by "copy this": the text itself, without quotes. */
function plain(value: unknown): string {
  return typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);
}
