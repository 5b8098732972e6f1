// What the rows of results found by content need besides: how to mark what was found, which files show all their lines, and how high that makes each row.
import { useCallback, useMemo, useState } from "react";
import { finderOf } from "../../lib/grepFind";
import { stacked, type RowHeights } from "../../lib/rowHeights";
import type { Shell } from "../manifest";
import { select } from "./explorer";
import { linesHeight } from "./FoundLines";
import type { FoundIn } from "./ItemRows";
import { only } from "./selection";
import type { PaneModel } from "./usePane";

/** What of the width of a row is not text of a line, and how wide a character is in the font of the machine. */
const BESIDE_PX = 108;
const CHARACTER_PX = 7.6;
const ROOM_STEP = 8;
const LEAST_ROOM = 24;

export interface FoundRows {
  /** Null where the results are none found by content. */
  found: FoundIn | null;
  /** The rows with their lines, of rows that have this height without. */
  rows: RowHeights;
}

export function useFoundIn(server: string, shell: Shell, pane: PaneModel, plain: RowHeights, widthPx: number, isPhone: boolean): FoundRows {
  const { items, search } = pane;
  const tab = pane.tab.id;
  const content = search?.content ?? null;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const find = useMemo(() => (content === null ? null : finderOf(content.text, content.regex, content.anyCase)), [content]);
  const room = Math.max(LEAST_ROOM, Math.floor((widthPx - BESIDE_PX) / CHARACTER_PX / ROOM_STEP) * ROOM_STEP);
  const onLine = useCallback(
    (path: string, line: number) => {
      select(tab, only(path));
      shell.openFile(server, path, "edit", line);
    },
    [server, shell, tab],
  );
  const onToggle = useCallback((path: string) => setOpened((now) => (now.has(path) ? new Set([...now].filter((each) => each !== path)) : new Set([...now, path]))), []);
  const rows = useMemo(
    () => (content === null || typeof plain !== "number" ? plain : stacked(items.map((item) => plain + linesHeight(item.lines?.length ?? 0, opened.has(item.path), isPhone)))),
    [content, items, opened, plain, isPhone],
  );
  const found = useMemo(() => (content === null ? null : { find, room, opened, onLine, onToggle }), [content, find, room, opened, onLine, onToggle]);
  return { found, rows };
}
