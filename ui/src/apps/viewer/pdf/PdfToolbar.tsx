// Below the pages of a PDF: which page is shown and a field to go to another, and how large they are.
import { Maximize, MoveHorizontal, ZoomIn, ZoomOut } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { IconButton } from "../../../kit/IconButton";
import { pageTyped } from "./layout";
import { LARGEST, SMALLEST, type Zoom } from "./zoom";

const ICON = { size: 16, strokeWidth: 1.75 };

export interface PdfToolbarProps {
  index: number;
  count: number;
  factor: number;
  kind: Zoom["kind"];
  onPage: (index: number) => void;
  onStep: (direction: 1 | -1) => void;
  onTrueSize: () => void;
  onFit: (kind: "width" | "page") => void;
}

export function PdfToolbar({ index, count, factor, kind, onPage, onStep, onTrueSize, onFit }: PdfToolbarProps) {
  const pressed = "aria-pressed:bg-pressed aria-pressed:text-ink";
  return (
    <div className="figures flex h-9 shrink-0 items-center gap-1 border-t border-line bg-window px-2 text-small text-ink-soft max-wide:h-12 max-wide:gap-0" role="toolbar" aria-label="Page and zoom">
      <PageField index={index} count={count} onPage={onPage} />
      <span className="grow" />
      <IconButton label="Smaller (−)" tooltipSide="top" icon={<ZoomOut {...ICON} />} disabled={factor <= SMALLEST} onClick={() => onStep(-1)} />
      <button type="button" title="True size (1)" className="h-7 min-w-14 rounded-control hover:bg-hover hover:text-ink max-wide:h-11 max-wide:min-w-12" onClick={onTrueSize}>
        {`${Math.round(factor * 100)} %`}
      </button>
      <IconButton label="Larger (+)" tooltipSide="top" icon={<ZoomIn {...ICON} />} disabled={factor >= LARGEST} onClick={() => onStep(1)} />
      <IconButton label="Fit to the width (0)" tooltipSide="top" icon={<MoveHorizontal {...ICON} />} aria-pressed={kind === "width"} className={pressed} onClick={() => onFit("width")} />
      <IconButton label="Fit the whole page (9)" tooltipSide="top" icon={<Maximize {...ICON} />} aria-pressed={kind === "page"} className={pressed} onClick={() => onFit("page")} />
    </div>
  );
}

function PageField({ index, count, onPage }: Pick<PdfToolbarProps, "index" | "count" | "onPage">) {
  const [typed, setTyped] = useState<string | null>(null);
  const digits = String(count).length;
  const go = () => {
    const page = pageTyped(typed ?? "", count);
    setTyped(null);
    if (page !== null && page !== index) onPage(page);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") go();
    else if (event.key === "Escape" && typed !== null) {
      setTyped(null);
      event.stopPropagation();
    }
  };
  return (
    <label className="flex items-center gap-1.5 px-1 whitespace-nowrap">
      <span className="max-wide:sr-only">Page</span>
      <input
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? String(index + 1)}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={onKey}
        onBlur={go}
        className="h-6.5 rounded-control border border-control-line bg-card px-1.5 text-right text-ink focus-visible:outline-offset-0 max-wide:h-10"
        style={{ width: `calc(${Math.max(2, digits)}ch + 20px)` }}
      />
      <span>of {count.toLocaleString("en-GB")}</span>
    </label>
  );
}
