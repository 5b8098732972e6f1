// The lines that were found in a file, below its name: a click opens the editor at the line; arrow keys go among them.
import { memo, useMemo, type KeyboardEvent } from "react";
import { MOST_LINES, type FoundLine } from "../../api/fileTypes";
import type { Finder } from "../../lib/grepFind";
import { classes } from "../../lib/classes";
import { visibleText } from "../../lib/visibleText";
import { excerptOf } from "./excerpt";

/** So many lines of a file are shown until more are asked for. */
const FIRST_LINES = 3;
export const LINE_PX = 20;
export const TOUCH_LINE_PX = 44;
/** Below the lines of one file, so that the next one is told from them. */
const PAD_PX = 6;

/** How high the lines of a file are, with the button for the others. */
export function linesHeight(count: number, isOpen: boolean, isPhone: boolean): number {
  if (count === 0) return 0;
  const rows = count <= FIRST_LINES ? count : 1 + (isOpen ? count : FIRST_LINES);
  return rows * (isPhone ? TOUCH_LINE_PX : LINE_PX) + PAD_PX;
}

export interface FoundLinesProps {
  at: number;
  path: string;
  lines: readonly FoundLine[];
  find: Finder | null;
  /** How many characters of one width a line has room for. */
  room: number;
  isOpen: boolean;
  isPhone: boolean;
  columns: number;
  onLine: (path: string, line: number) => void;
  onToggle: (path: string) => void;
  /** The focus goes back to the files. */
  onLeave: () => void;
}

export const FoundLines = memo(function FoundLines({ at, path, lines, find, room, isOpen, isPhone, columns, onLine, onToggle, onLeave }: FoundLinesProps) {
  const shown = isOpen ? lines : lines.slice(0, FIRST_LINES);
  const rest = lines.length - FIRST_LINES;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // A press of a button is its own affair, and none of the files'.
    if (event.key === "Enter" || event.key === " ") event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isOut = event.key === "ArrowLeft" || event.key === "Escape";
    if ((step === undefined && !isOut) || event.altKey || event.ctrlKey) return;
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const now = buttons.findIndex((button) => button === event.target);
    const next = step === undefined ? undefined : buttons[now + step];
    if (isOut || (step === -1 && now === 0)) onLeave();
    else next?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  const look = classes("flex w-full scroll-mt-8 items-center gap-3 rounded-control pr-2 text-left hover:bg-hover focus-visible:-outline-offset-2", isPhone ? "h-11 pl-2" : "h-5 pl-7");
  return (
    <div role="gridcell" aria-colindex={1} aria-colspan={columns} data-lines={at} className="col-span-full min-w-0 self-start">
      <div role="presentation" onKeyDown={onKeyDown}>
        {shown.map((line) => (
          <button key={line.line} type="button" tabIndex={-1} title={visibleText(line.text, 400)} onClick={() => onLine(path, line.line)} className={look}>
            <span className="sr-only">Line </span>
            <span className={classes("shrink-0 text-right font-mono text-mono text-ink-faint tabular-nums", isPhone ? "min-w-8" : "min-w-11")}>{line.line}</span>
            <Excerpt line={line} find={find} room={room} />
          </button>
        ))}
        {rest > 0 && (
          <button type="button" tabIndex={-1} aria-expanded={isOpen} onClick={() => onToggle(path)} className={classes(look, "text-small text-ink-soft")}>
            <span className={isPhone ? "min-w-8" : "min-w-11"} />
            {isOpen ? "Fewer lines" : `and ${lines.length >= MOST_LINES ? "at least " : ""}${rest} more ${rest === 1 ? "line" : "lines"}`}
          </button>
        )}
      </div>
    </div>
  );
});

function Excerpt({ line, find, room }: { line: FoundLine; find: Finder | null; room: number }) {
  const pieces = useMemo(() => excerptOf(line, find, room), [line, find, room]);
  return (
    <bdi className="min-w-0 truncate font-mono text-mono whitespace-pre text-ink-soft [font-variant-ligatures:none]">
      {pieces.map(({ text, isFound }, at) =>
        isFound ? (
          // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text have no other name
          <mark key={at} className="rounded-[2px] bg-warn-ground text-ink outline-1 -outline-offset-1 outline-warn/45">
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </bdi>
  );
}
