// A folder in the list of servers: opens and closes, and says how many servers are in it.
import { ChevronRight, Folder, FolderOpen } from "lucide-react";
import { classes } from "../../lib/classes";
import { plural } from "../../lib/numbers";
import { visibleText } from "../../lib/visibleText";
import type { Row } from "./rows";
import { indentOf } from "./tracks";

export interface FolderRowProps {
  id: string;
  at: number;
  row: Extract<Row, { kind: "folder" }>;
  isFocused: boolean;
  isPhone: boolean;
}

export function FolderRow({ id, at, row, isFocused, isPhone }: FolderRowProps) {
  const Glyph = row.isOpen ? FolderOpen : Folder;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={at + 2}
      aria-level={row.depth + 1}
      aria-expanded={row.isOpen}
      aria-label={`Folder ${row.name}, ${plural(row.count, "server")}`}
      data-at={at}
      className={classes(
        "flex items-center px-2 hover:bg-hover",
        isPhone ? "h-12" : "h-8.5",
        isFocused && "-outline-offset-1 outline-accent-ink group-focus/list:outline-1",
      )}
    >
      <div role="gridcell" className={`flex min-w-0 grow items-center gap-2 ${indentOf(row.depth)}`}>
        <ChevronRight size={15} strokeWidth={1.75} aria-hidden="true" className={classes("ml-2 shrink-0 text-ink-faint transition-transform duration-120", row.isOpen && "rotate-90")} />
        <Glyph size={17} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-ink-soft" />
        <bdi className="truncate font-semibold">{visibleText(row.name, 100)}</bdi>
        <span className="figures shrink-0 text-small text-ink-faint">{row.count}</span>
      </div>
    </div>
  );
}
