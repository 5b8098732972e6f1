// The beginning of a file as text, with line numbers; more than that is the editor's.
import { useMemo } from "react";
import { CentrePanel } from "../../kit/CentrePanel";
import { RowWindow } from "../../kit/RowWindow";
import { visibleText } from "../../lib/visibleText";
import { FileText } from "lucide-react";
import { Part } from "./Part";
import type { ViewProps } from "./view";

const MOST_BYTES = 1024 * 1024;
const ROW = 18;
const MOST_LINE_CHARS = 4000;

export function TextView(view: ViewProps) {
  return (
    <Part view={view} maxBytes={MOST_BYTES}>
      {(text) => <Lines text={text} />}
    </Part>
  );
}

function Lines({ text }: { text: string }) {
  const lines = useMemo(() => text.split(/\r\n|\n|\r/), [text]);
  const digits = String(lines.length).length;
  if (text === "") return <CentrePanel icon={FileText} title="The file is empty" />;
  return (
    <RowWindow
      label="Text"
      rowCount={lines.length}
      rowHeight={ROW}
      className="bg-card font-mono text-mono [font-variant-ligatures:none]"
      renderRow={(index) => (
        <div key={index} className="flex h-4.5 whitespace-pre">
          <span aria-hidden="true" className="figures sticky left-0 shrink-0 bg-card pr-3 pl-3 text-right text-ink-faint select-none" style={{ width: `calc(${digits}ch + 28px)` }}>
            {index + 1}
          </span>
          <bdi className="pr-4">{visibleText((lines[index] ?? "").replaceAll("\t", "    "), MOST_LINE_CHARS)}</bdi>
        </div>
      )}
    />
  );
}
