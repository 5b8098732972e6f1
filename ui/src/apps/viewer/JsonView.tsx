// JSON as a tree whose parts fold and unfold.
import { Braces, ChevronDown, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { RowWindow } from "../../kit/RowWindow";
import { plural } from "../../lib/numbers";
import { visibleText } from "../../lib/visibleText";
import { isContainer, jsonRows, MOST_DEPTH, parseJson, scalarText, type JsonRow } from "./jsonRows";
import { CutLine, Part } from "./Part";
import type { ViewProps } from "./view";

const MOST_BYTES = 8 * 1024 * 1024;
const ROW = 22;
const LOOKS: Record<string, string> = { string: "text-series-receive", number: "text-series-send", boolean: "text-series-memory" };

export function JsonView(view: ViewProps) {
  return (
    <Part view={view} maxBytes={MOST_BYTES}>
      {(text, isCut) => <Tree text={text} isCut={isCut} onText={() => view.onKind("text")} />}
    </Part>
  );
}

function Tree({ text, isCut, onText }: { text: string; isCut: boolean; onText: () => void }) {
  const parsed = useMemo(() => parseJson(isCut ? text.slice(0, text.lastIndexOf("\n") + 1) : text), [text, isCut]);
  const [opened, setOpened] = useState<ReadonlySet<object>>(() => new Set(isContainer(parsed?.value) ? [parsed.value] : []));
  const { rows, isCut: hasMore } = useMemo(() => jsonRows(parsed?.value, opened), [parsed, opened]);
  if (parsed === null) {
    return (
      <CentrePanel icon={Braces} title="This is not valid JSON" line={isCut ? "The file is too large to be read as a whole." : "It may be damaged, or have comments in it."}>
        <Button look="primary" onClick={onText}>
          Show it as text
        </Button>
      </CentrePanel>
    );
  }
  const toggle = (value: object, isOpen: boolean) =>
    setOpened((now) => {
      const next = new Set(now);
      if (isOpen) next.delete(value);
      else next.add(value);
      return next;
    });
  return (
    <div className="flex h-full flex-col">
      {hasMore && <CutLine>More than can be shown is unfolded: fold something.</CutLine>}
      <div className="min-h-0 grow">
        <RowWindow
          label={parsed.isLines ? "JSON, one value a line" : "JSON"}
          rowCount={rows.length}
          rowHeight={ROW}
          className="bg-card py-1 font-mono text-mono [font-variant-ligatures:none]"
          renderRow={(index) => {
            const row = rows[index];
            return row === undefined ? null : <TreeRow key={row.id} row={row} onToggle={toggle} />;
          }}
        />
      </div>
    </div>
  );
}

function TreeRow({ row, onToggle }: { row: JsonRow; onToggle: (value: object, isOpen: boolean) => void }) {
  const { value, depth, count, isOpen } = row;
  const label = row.key === null ? "All of it" : visibleText(row.key, 200);
  const canOpen = isContainer(value) && (count ?? 0) > 0 && depth < MOST_DEPTH;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className="flex h-5.5 items-center pr-4 whitespace-pre hover:bg-hover" style={{ paddingLeft: 12 + Math.min(depth, 60) * 16 }}>
      {isContainer(value) && canOpen ? (
        <button type="button" aria-expanded={isOpen} aria-label={label} onClick={() => onToggle(value, isOpen)} className="mr-1 grid size-5 shrink-0 place-items-center rounded-control text-ink-faint hover:text-ink focus-visible:-outline-offset-2">
          <Chevron size={14} strokeWidth={2} />
        </button>
      ) : (
        <span className="mr-1 w-5 shrink-0" />
      )}
      {row.key !== null && (
        <>
          <bdi className="text-series-cpu">{label}</bdi>
          <span className="text-ink-faint">: </span>
        </>
      )}
      {isContainer(value) ? (
        <span className="text-ink-faint">
          {Array.isArray(value) ? "[ ]" : "{ }"} {count === 0 ? "empty" : plural(count ?? 0, Array.isArray(value) ? "item" : "key")}
          {depth >= MOST_DEPTH && ", too deep to unfold"}
        </span>
      ) : (
        <bdi className={value === null ? "text-ink-faint" : (LOOKS[typeof value] ?? "text-series-send")}>{visibleText(scalarText(value), 1000)}</bdi>
      )}
    </div>
  );
}
