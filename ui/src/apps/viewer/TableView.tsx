// CSV as a table: the first row is its head, every row has a number, only those in sight are built.
import { Table2 } from "lucide-react";
import { useMemo, useState } from "react";
import { CentrePanel } from "../../kit/CentrePanel";
import { RowWindow } from "../../kit/RowWindow";
import { plural } from "../../lib/numbers";
import { visibleText } from "../../lib/visibleText";
import { detectDelimiter, parseCsv, type Csv } from "./csv";
import { CutLine, Part } from "./Part";
import type { ViewProps } from "./view";

const MOST_BYTES = 8 * 1024 * 1024;
const LIMITS = { rows: 200_000, columns: 200, cellChars: 2000 };
const ROW = 26;
const SAMPLE_ROWS = 200;
const WIDEST_CHARS = 48;
const DELIMITER_WORDS: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

export function TableView(view: ViewProps) {
  return (
    <Part view={view} maxBytes={MOST_BYTES}>
      {(text) => <CsvTable text={text} />}
    </Part>
  );
}

function CsvTable({ text }: { text: string }) {
  const [hasHead, setHasHead] = useState(true);
  const delimiter = useMemo(() => detectDelimiter(text), [text]);
  const csv = useMemo(() => parseCsv(text, delimiter, LIMITS), [text, delimiter]);
  const columns = useMemo(() => columnsOf(csv, hasHead), [csv, hasHead]);
  if (csv.rows.length === 0) return <CentrePanel icon={Table2} title="The table is empty" />;

  const first = hasHead ? 1 : 0;
  const numberWidth = `calc(${String(csv.rows.length).length}ch + 28px)`;
  const grid = { gridTemplateColumns: `${numberWidth} ${columns.map(({ chars }) => `calc(${chars}ch + 24px)`).join(" ")}` };
  return (
    <div className="flex h-full flex-col">
      {csv.isCut && <CutLine>What is very long, wide or far down is left out.</CutLine>}
      <div className="min-h-0 grow">
        <RowWindow
          label="Table"
          rowCount={csv.rows.length - first}
          rowHeight={ROW}
          headerHeight={ROW}
          className="figures bg-card text-small"
          header={
            <div className="grid h-6.5 items-center border-b border-line bg-window font-medium text-ink-soft" style={grid}>
              <span />
              {columns.map(({ name, isNumber }, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- columns have no other name
                <bdi key={index} className={`truncate px-3 ${isNumber ? "text-right" : ""}`} title={visibleText(name, 400)}>
                  {visibleText(name, 100)}
                </bdi>
              ))}
            </div>
          }
          renderRow={(index) => (
            <div key={index} className="grid h-6.5 items-center border-b border-line hover:bg-hover" style={grid}>
              <span aria-hidden="true" className="pr-3 text-right text-ink-faint select-none">
                {index + 1}
              </span>
              {columns.map(({ isNumber }, column) => {
                const cell = csv.rows[index + first]?.[column] ?? "";
                return (
                  // oxlint-disable-next-line react/no-array-index-key -- cells have no other name
                  <bdi key={column} className={`truncate px-3 ${isNumber ? "text-right" : ""}`} title={cell.length > 20 ? visibleText(cell, 1000) : undefined}>
                    {visibleText(cell, 200)}
                  </bdi>
                );
              })}
            </div>
          )}
        />
      </div>
      <footer className="figures flex h-7 shrink-0 items-center gap-3 border-t border-line bg-window px-3 text-small text-ink-soft max-wide:h-11">
        <span className="whitespace-nowrap">
          {plural(csv.rows.length - first, "row")}, {plural(csv.columns, "column")}
        </span>
        <span className="max-wide:hidden">Separated by {DELIMITER_WORDS[delimiter] ?? delimiter}</span>
        <span className="grow" />
        <label className="flex items-center whitespace-nowrap gap-1.5 select-none max-wide:min-h-11">
          <input type="checkbox" checked={hasHead} onChange={({ target }) => setHasHead(target.checked)} className="size-3.5 accent-accent" />
          First row is the head
        </label>
      </footer>
    </div>
  );
}

interface Column {
  name: string;
  chars: number;
  isNumber: boolean;
}

/** Width and kind of each column, by its first rows. */
function columnsOf(csv: Csv, hasHead: boolean): Column[] {
  const sample = csv.rows.slice(hasHead ? 1 : 0, SAMPLE_ROWS);
  return Array.from({ length: csv.columns }, (_, index) => {
    const name = hasHead ? (csv.rows[0]?.[index] ?? "") : `${index + 1}`;
    const cells = sample.map((row) => row[index] ?? "").filter((cell) => cell !== "");
    const chars = Math.min(WIDEST_CHARS, Math.max(3, name.length, ...cells.map((cell) => cell.length)));
    return { name, chars, isNumber: cells.length > 0 && cells.every((cell) => /^[-+]?[\d.,]+(?:e[-+]?\d+)?\s*%?$/i.test(cell)) };
  });
}
