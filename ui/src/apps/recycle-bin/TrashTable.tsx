// The deleted items as a table: a header that sorts, rows that are selected by pointer and keys, and a menu for each.
import { ArrowDown, ArrowUp, Trash2, Undo2 } from "lucide-react";
import { useId, useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent } from "react";
import type { TrashedFile } from "../../api/fileTypes";
import { ContextMenu } from "../../kit/ContextMenu";
import { FileIcon } from "../../kit/FileIcon";
import { MenuItem, MenuSeparator } from "../../kit/Menu";
import { useIsPhone } from "../../kit/useIsPhone";
import { useRowWindow } from "../../kit/useRowWindow";
import { formatBytes } from "../../lib/bytes";
import { classes } from "../../lib/classes";
import { familyOf } from "../../lib/fileFamily";
import { parentOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import { deletedWord, shownName, type TrashOrder, type TrashSort } from "./trashList";

const HEADER_PX = 30;
const ROW_PX = 28;
const TOUCH_ROW_PX = 48;
const COLUMNS: readonly { by: TrashSort; name: string }[] = [
  { by: "name", name: "Name" },
  { by: "place", name: "Was in" },
  { by: "deleted", name: "Deleted" },
  { by: "size", name: "Size" },
];
const TRACKS = "grid grid-cols-[minmax(160px,1.2fr)_minmax(140px,1fr)_150px_90px]";

export interface Picked {
  ids: ReadonlySet<string>;
  focus: string | null;
  anchor: string | null;
}

export interface TrashTableProps {
  items: readonly TrashedFile[];
  order: TrashOrder;
  picked: Picked;
  isStale: boolean;
  onSort: (by: TrashSort) => void;
  onPick: (picked: Picked) => void;
  onRestore: () => void;
  onDelete: () => void;
  onFilter: () => void;
}

export function TrashTable({ items, order, picked, isStale, onSort, onPick, onRestore, onDelete, onFilter }: TrashTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const isPhone = useIsPhone();
  const rowPx = isPhone ? TOUCH_ROW_PX : ROW_PX;
  const headerPx = isPhone ? 0 : HEADER_PX;
  const shown = useRowWindow(scroller, rowPx, headerPx);
  const focusAt = items.findIndex((item) => item.id === picked.focus);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || focusAt === -1) return;
    const top = focusAt * rowPx;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowPx + headerPx > element.scrollTop + element.clientHeight) element.scrollTop = top + rowPx + headerPx - element.clientHeight;
  }, [focusAt, rowPx, headerPx]);

  const pick = (at: number, { shiftKey, isToggle }: { shiftKey: boolean; isToggle: boolean }) => {
    const item = items[Math.max(0, Math.min(items.length - 1, at))];
    if (item === undefined) return;
    const anchorAt = items.findIndex((each) => each.id === picked.anchor);
    if (shiftKey && anchorAt !== -1) {
      const to = items.indexOf(item);
      onPick({ ids: new Set(items.slice(Math.min(anchorAt, to), Math.max(anchorAt, to) + 1).map((each) => each.id)), focus: item.id, anchor: picked.anchor });
    } else if (isToggle) {
      const ids = new Set(picked.ids);
      if (!ids.delete(item.id)) ids.add(item.id);
      onPick({ ids, focus: item.id, anchor: item.id });
    } else onPick({ ids: new Set([item.id]), focus: item.id, anchor: item.id });
  };
  const onClick = (event: MouseEvent) => {
    const at = placeOf(event.target);
    if (at !== null) pick(at, { shiftKey: event.shiftKey, isToggle: event.ctrlKey || event.metaKey || (isPhone && picked.ids.size > 0) });
    else if (!(event.target instanceof Element && event.target.closest("button") !== null)) onPick({ ...picked, ids: new Set() });
  };
  const onContextMenu = (event: MouseEvent) => {
    const at = placeOf(event.target);
    const item = at === null ? undefined : items[at];
    if (item !== undefined && !picked.ids.has(item.id)) onPick({ ids: new Set([item.id]), focus: item.id, anchor: item.id });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2);
    const to = { ArrowDown: focusAt + 1, ArrowUp: Math.max(0, focusAt - 1), Home: 0, End: items.length - 1, PageDown: focusAt + page, PageUp: focusAt - page }[event.key];
    if (to !== undefined && !event.altKey) pick(to, { shiftKey: event.shiftKey, isToggle: false });
    else if (event.key === " ") pick(focusAt, { shiftKey: false, isToggle: true });
    else if (event.key === "Enter") onRestore();
    else if (event.key === "Delete") onDelete();
    else if (event.key === "/") onFilter();
    else if (event.key === "Escape") onPick({ ...picked, ids: new Set() });
    else if (event.key === "a" && (event.ctrlKey || event.metaKey)) onPick({ ...picked, ids: new Set(items.map((item) => item.id)) });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const to = Math.min(items.length, shown.to);
  return (
    <ContextMenu
      finalFocus={() => scroller.current}
      items={
        <>
          <MenuItem icon={<Undo2 size={15} strokeWidth={1.75} />} keys="Enter" isDisabled={picked.ids.size === 0} onSelect={onRestore}>
            Restore
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 size={15} strokeWidth={1.75} />} keys="Delete" isDanger isDisabled={picked.ids.size === 0} onSelect={onDelete}>
            Delete for good
          </MenuItem>
        </>
      }
    >
      <div className="flex min-h-0 grow flex-col">
        <div
          ref={scroller}
          role="grid"
          aria-label="Deleted items"
          aria-multiselectable="true"
          aria-rowcount={items.length + 1}
          aria-activedescendant={focusAt >= shown.from && focusAt < to ? `${idBase}${focusAt}` : undefined}
          tabIndex={0}
          data-trash=""
          data-stale={isStale ? "" : undefined}
          onClick={onClick}
          onContextMenu={onContextMenu}
          onKeyDown={onKey}
          className="group/area min-h-0 grow overflow-auto bg-card outline-none select-none [overflow-anchor:none]"
        >
          {!isPhone && (
            <div role="row" aria-rowindex={1} className={`sticky top-0 z-10 h-7.5 items-stretch border-b border-line bg-card px-2 ${TRACKS}`}>
              {COLUMNS.map(({ by, name }) => (
                <div key={by} role="columnheader" aria-sort={order.by === by ? (order.isDescending ? "descending" : "ascending") : "none"} className="flex min-w-0">
                  <button
                    type="button"
                    onClick={() => onSort(by)}
                    className={classes("flex min-w-0 grow items-center gap-1 rounded-control px-2 text-small font-medium hover:bg-hover focus-visible:-outline-offset-2", order.by === by ? "text-ink" : "text-ink-soft", by === "size" && "justify-end")}
                  >
                    {name}
                    {order.by === by && (order.isDescending ? <ArrowDown size={12} strokeWidth={2} aria-hidden="true" /> : <ArrowUp size={12} strokeWidth={2} aria-hidden="true" />)}
                  </button>
                </div>
              ))}
            </div>
          )}
          <div role="rowgroup" className="relative" style={{ height: items.length * rowPx }}>
            <div role="none" className="absolute inset-x-0 top-0" style={{ transform: `translateY(${shown.from * rowPx}px)` }}>
              {items.slice(shown.from, to).map((item, index) => (
                <Row key={item.id} id={`${idBase}${shown.from + index}`} at={shown.from + index} item={item} isPicked={picked.ids.has(item.id)} isFocused={item.id === picked.focus} isPhone={isPhone} />
              ))}
            </div>
          </div>
        </div>
      </div>
    </ContextMenu>
  );
}

function Row({ id, at, item, isPicked, isFocused, isPhone }: { id: string; at: number; item: TrashedFile; isPicked: boolean; isFocused: boolean; isPhone: boolean }) {
  const name = visibleText(shownName(item), 256);
  const place = visibleText(parentOf(item.originalPath), 600);
  const icon = <FileIcon kind={item.kind === "folder" ? "folder" : item.kind === "file" || item.kind === "link" ? familyOf(name) : "device"} isLink={item.kind === "link"} size={isPhone ? 26 : 20} />;
  const look = classes("rounded-control hover:bg-hover", isPicked && "bg-accent-ground", isFocused && "-outline-offset-1 outline-accent-ink group-focus/area:outline-1");
  const common = { id, role: "row", "aria-rowindex": at + 2, "aria-selected": isPicked, "data-at": at } as const;
  if (isPhone) {
    return (
      <div {...common} className={classes("flex h-12 items-center px-3", look)}>
        <div role="gridcell" className="flex min-w-0 grow items-center gap-3">
          {icon}
          <span className="flex min-w-0 flex-col">
            <bdi className="truncate whitespace-pre">{name}</bdi>
            <bdi className="figures truncate text-caption leading-3.5 text-ink-faint">
              {deletedWord(item.deletedAt)} · {place}
            </bdi>
          </span>
        </div>
      </div>
    );
  }
  return (
    <div {...common} className={classes("h-7 items-center px-2", TRACKS, look)}>
      <div role="gridcell" className="flex min-w-0 items-center gap-2 px-1">
        {icon}
        <bdi className="truncate whitespace-pre" title={name}>
          {name}
        </bdi>
      </div>
      <div role="gridcell" className="truncate px-2 text-small text-ink-soft" title={place}>
        <bdi>{place}</bdi>
      </div>
      <div role="gridcell" className="figures truncate px-2 text-small text-ink-soft">
        {deletedWord(item.deletedAt)}
      </div>
      <div role="gridcell" className="figures truncate px-2 text-right text-small text-ink-soft">
        {item.kind === "folder" ? "–" : formatBytes(item.sizeBytes)}
      </div>
    </div>
  );
}

function placeOf(target: EventTarget): number | null {
  const at = target instanceof Element ? target.closest<HTMLElement>("[data-at]")?.dataset["at"] : undefined;
  return at === undefined ? null : Number(at);
}
