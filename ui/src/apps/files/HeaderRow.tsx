// The names of the columns: a click sorts, the line between two changes a width, the menu chooses which there are.
import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import type { KeyboardEvent, PointerEvent } from "react";
import { Menu } from "../../kit/Menu";
import { MenuCheck } from "../../kit/MenuChoices";
import { classes } from "../../lib/classes";
import type { SortBy } from "./arrange";
import { COLUMNS, COLUMN_NAMES, NARROWEST, WIDEST, setWidth, sortBy, toggleColumn, useSettings, type Column } from "./settings";

const STEP_PX = 16;

export function HeaderRow() {
  const { sortBy: by, isDescending, columns } = useSettings();
  return (
    <div role="row" aria-rowindex={1} className="sticky top-0 z-10 grid h-7.5 grid-cols-(--columns) items-stretch border-b border-line bg-card px-2">
      {(["name", ...columns] as const).map((column) => (
        <div
          key={column}
          role="columnheader"
          aria-sort={by === column ? (isDescending ? "descending" : "ascending") : "none"}
          className="group/head relative flex min-w-0 items-stretch"
        >
          <SortButton column={column} isSorted={by === column} isDescending={isDescending} />
          {column === "name" ? <ColumnsMenu columns={columns} /> : <Divider column={column} />}
        </div>
      ))}
    </div>
  );
}

function SortButton({ column, isSorted, isDescending }: { column: SortBy; isSorted: boolean; isDescending: boolean }) {
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      onClick={() => sortBy(column)}
      className={classes(
        "flex min-w-0 grow items-center gap-1 rounded-control px-2 text-small font-medium hover:bg-hover focus-visible:-outline-offset-2",
        isSorted ? "text-ink" : "text-ink-soft",
        column === "size" && "justify-end",
      )}
    >
      <span className="truncate">{COLUMN_NAMES[column]}</span>
      {isSorted && <Arrow size={12} strokeWidth={2} className="shrink-0" aria-hidden="true" />}
    </button>
  );
}

function ColumnsMenu({ columns }: { columns: readonly Column[] }) {
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" aria-label="Columns" title="Columns" className="grid w-7 place-items-center rounded-control text-ink-faint hover:bg-hover hover:text-ink focus-visible:-outline-offset-2">
          <Columns3 size={14} strokeWidth={1.75} />
        </button>
      }
    >
      {COLUMNS.map((column) => (
        <MenuCheck key={column} isOn={columns.includes(column)} onChange={() => toggleColumn(column)}>
          {COLUMN_NAMES[column]}
        </MenuCheck>
      ))}
    </Menu>
  );
}

/** Lies at the left of its column, which grows to the left as the name takes what is free. */
function Divider({ column }: { column: Column }) {
  const width = useSettings((settings) => settings.widths[column]);
  const begin = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const startX = event.clientX;
    element.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => setWidth(column, width + startX - moved.clientX);
    const end = () => element.removeEventListener("pointermove", move);
    element.addEventListener("pointermove", move);
    element.addEventListener("lostpointercapture", end, { once: true });
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP_PX, ArrowRight: -STEP_PX }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setWidth(column, width + step);
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${COLUMN_NAMES[column]}`}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      data-divider=""
      onPointerDown={begin}
      onKeyDown={onKey}
      className="absolute inset-y-0 -left-1 w-2 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:left-1 after:w-px after:bg-line focus-visible:outline-offset-0 hover:after:bg-accent-ink"
    />
  );
}
