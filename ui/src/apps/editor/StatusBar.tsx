// What the file is: where the cursor stands, language, encoding, line ends, indentation, size, whether it can be written; most of it can be changed here.
import { Lock, LockOpen } from "lucide-react";
import type { ReactNode } from "react";
import { Menu } from "../../kit/Menu";
import { MenuHeading, MenuRadios } from "../../kit/MenuChoices";
import { formatBytes } from "../../lib/bytes";
import { LINE_ENDS, type LineEnd } from "../../lib/lineEnds";
import { plural } from "../../lib/numbers";
import { ENCODINGS } from "../../lib/textEncoding";
import type { OpenFile } from "./documents";
import { indentationWord } from "./indentation";
import { LANGUAGES } from "../../kit/code/languageOf";
import { useCursors } from "./sessions";

const BUTTON = "h-full rounded-control px-1.5 whitespace-nowrap hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 max-wide:h-11 max-wide:px-2.5";
const STEPS = ["tab", "2", "3", "4", "8"] as const;

export interface StatusBarProps {
  file: OpenFile;
  onGoTo: () => void;
  onPick: (what: "language" | "encoding") => void;
  onLineEnd: (end: LineEnd) => void;
  onIndent: (spaces: number | null) => void;
}

export function StatusBar({ file, onGoTo, onPick, onLineEnd, onIndent }: StatusBarProps) {
  const cursor = useCursors((cursors) => cursors[file.id]);
  const encoding = ENCODINGS.find(({ value }) => value === file.encoding)?.label ?? file.encoding;
  const end = LINE_ENDS.find(({ value }) => value === file.lineEnd)?.label ?? "LF";
  const isFixed = file.isBinary || file.isWritable === false;
  return (
    <footer className="figures flex h-7 shrink-0 items-center gap-0.5 overflow-x-auto border-t border-line bg-window px-1.5 text-small text-ink-soft [scrollbar-width:none] max-wide:h-11" aria-label="Status of the file">
      <button type="button" className={BUTTON} title="Go to a line (Ctrl+G)" onClick={onGoTo}>
        Line {cursor?.line ?? 1}, column {cursor?.column ?? 1}
      </button>
      {cursor !== undefined && cursor.selected > 0 && (
        <span className="px-1.5 whitespace-nowrap">
          {plural(cursor.selected, "character")} selected{cursor.ranges > 1 && ` in ${cursor.ranges} places`}
        </span>
      )}
      <span className="grow" />
      <button type="button" className={BUTTON} aria-label={`Language: ${LANGUAGES[file.language]}`} onClick={() => onPick("language")}>
        {LANGUAGES[file.language]}
      </button>
      <button type="button" className={BUTTON} aria-label={`Encoding: ${encoding}`} onClick={() => onPick("encoding")}>
        {encoding}
      </button>
      <BarMenu label={`Line ends: ${end}${file.isMixed ? ", mixed" : ""}`} text={file.isMixed ? `${end}, mixed` : end}>
        <MenuHeading>Line ends of the whole file</MenuHeading>
        <MenuRadios label="Line ends" value={file.isMixed ? "mixed" : file.lineEnd} choices={[...(file.isMixed ? [{ value: "mixed" as const, label: "Mixed, each kept as it is" }] : []), ...LINE_ENDS.map(({ value, label }) => ({ value, label: `${label}, ${WHERE[value]}` }))]} onChange={(value) => value !== "mixed" && onLineEnd(value)} />
      </BarMenu>
      <BarMenu label={`Indentation: ${indentationWord(file.indentation)}`} text={indentationWord(file.indentation)}>
        <MenuHeading>The Tab key writes</MenuHeading>
        <MenuRadios
          label="Indentation"
          value={file.indentation.spaces === null ? "tab" : String(file.indentation.spaces)}
          choices={STEPS.map((value) => ({ value, label: value === "tab" ? "A tab" : `${value} spaces` }))}
          onChange={(value) => onIndent(value === "tab" ? null : Number(value))}
        />
      </BarMenu>
      <span className="px-1.5 whitespace-nowrap" title={`${file.sizeBytes} bytes when it was read or saved last`}>
        {formatBytes(file.sizeBytes)}
      </span>
      <span className="flex items-center gap-1 px-1.5 whitespace-nowrap">
        {isFixed ? <Lock size={12} strokeWidth={2} aria-hidden="true" /> : <LockOpen size={12} strokeWidth={2} aria-hidden="true" />}
        {file.isBinary ? "Read-only" : file.isWritable === false ? "Not writable" : file.isNew ? "New file" : file.isWritable === true ? "Writable" : "Writable, perhaps"}
      </span>
    </footer>
  );
}

const WHERE: Record<LineEnd, string> = { "\n": "as on Linux", "\r\n": "as on Windows", "\r": "as on old Macs" };

function BarMenu({ label, text, children }: { label: string; text: string; children: ReactNode }) {
  return (
    <Menu side="top" align="end" trigger={<button type="button" aria-label={label} className={BUTTON}>{text}</button>}>
      {children}
    </Menu>
  );
}
