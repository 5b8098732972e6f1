// One record in the table: its cells side by side, or on a phone the first over the others.
import { classes } from "../../lib/classes";
import { visibleText } from "../../lib/visibleText";
import { cellOf, type RecordList } from "./answerShape";

export interface RecordRowProps {
  id: string;
  at: number;
  row: RecordList["rows"][number];
  columns: readonly string[];
  tracks: string;
  cellAt: number | null;
  heightPx: number;
  isPhone: boolean;
}

export function RecordRow({ id, at, row, columns, tracks, cellAt, heightPx, isPhone }: RecordRowProps) {
  const common = { id, role: "row", "aria-rowindex": at + 2, "aria-selected": cellAt !== null, "data-at": at } as const;
  const look = classes("rounded-control hover:bg-hover", cellAt !== null && "bg-accent-ground");
  if (isPhone) {
    const [first, ...rest] = columns;
    const told = rest.map((column) => cellOf(column, row[column]).text).filter((text) => text !== "–");
    return (
      <div {...common} className={classes("flex items-center px-3", look)} style={{ height: heightPx }}>
        <div role="gridcell" data-cell={0} className="flex min-w-0 grow flex-col">
          <bdi className="truncate whitespace-pre">{visibleText(first === undefined ? "" : cellOf(first, row[first]).text, 200)}</bdi>
          <bdi className="figures truncate text-caption text-ink-faint">{visibleText(told.join(" · "), 300)}</bdi>
        </div>
      </div>
    );
  }
  return (
    <div {...common} className={classes("grid items-center px-2", look)} style={{ gridTemplateColumns: tracks, height: heightPx }}>
      {columns.map((column, index) => {
        const cell = cellOf(column, row[column]);
        const text = visibleText(cell.text, 300);
        return (
          <div
            key={column}
            role="gridcell"
            data-cell={index}
            title={cell.exact ?? (text.length > 24 ? visibleText(cell.text, 1200) : undefined)}
            className={classes("truncate rounded-control px-2 text-small whitespace-pre", cell.isNumber && "figures text-right", cellAt === index && "outline-accent-ink group-focus/area:outline-1")}
          >
            <bdi>{text}</bdi>
          </div>
        );
      })}
    </div>
  );
}
