// A file too large to edit, to be read from any place in it: only what is in sight is fetched.
import { useEffect, useMemo, useRef, useState } from "react";
import { describeError } from "../../api/errors";
import { useFileChunks } from "../../api/useFileChunks";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { useSteppedScroll } from "../../kit/useSteppedScroll";
import { formatBytes } from "../../lib/bytes";
import { clamp } from "../../lib/numbers";
import { detectEncoding } from "../../lib/textEncoding";
import { visibleText } from "../../lib/visibleText";
import type { OpenFile } from "./documents";
import { alignRow, ROW_BYTES, rowsFrom, stepBack } from "./lineRows";
import { useSettings } from "./settings";

export interface LargeViewProps {
  file: OpenFile;
  /** A new number of `request` goes to a place: a byte, or a share of the whole. */
  target: { at: number | { percent: number }; request: number };
  onGoTo: () => void;
  onView: () => void;
}

export function LargeView({ file, target, onGoTo, onView }: LargeViewProps) {
  const chunks = useFileChunks(file.server, file.path, file.id);
  const host = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  /** The first byte in sight; it may not begin a row until the bytes before it are here. */
  const [wanted, setWanted] = useState(0);
  const went = useRef(0);
  const fontSize = useSettings((settings) => settings.fontSize);
  const rowHeight = Math.round(fontSize * 1.5);
  const pageRows = Math.max(1, Math.floor(height / rowHeight));
  const size = chunks?.sizeBytes ?? null;
  const read = useMemo(() => (offset: number) => chunks?.byteAt(offset) ?? null, [chunks]);
  const decoder = useMemo(() => new TextDecoder(), []);

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (went.current === target.request || size === null) return;
    went.current = target.request;
    setWanted(clamp(typeof target.at === "number" ? target.at : Math.floor((target.at.percent / 100) * size), 0, size));
  }, [target, size]);

  const lastTop = size === null ? null : stepBack(read, size, size, Math.max(1, pageRows - 1));
  const aligned = size === null ? null : wanted >= size ? lastTop : alignRow(read, wanted, size);
  const top = aligned === null ? null : lastTop === null ? aligned : Math.min(aligned, lastTop);
  const { rows } = top === null || size === null ? { rows: [] } : rowsFrom(read, top, size, pageRows + 1);

  useSteppedScroll(host, {
    fraction: size === null || size === 0 ? 0 : (top ?? wanted) / Math.max(1, lastTop ?? size),
    rowHeight,
    pageRows,
    onStep: (steps) => {
      if (top === null || size === null) return;
      if (steps < 0) {
        setWanted((now) => stepBack(read, top, size, -steps) ?? now);
        return;
      }
      const after = rowsFrom(read, top, size, steps).rows.at(-1)?.next ?? top;
      setWanted(lastTop === null ? after : Math.min(after, lastTop));
    },
    onJump: (fraction) => size !== null && setWanted(Math.floor(fraction * size)),
  });

  const isKnown = chunks !== null && size !== null;
  const head = chunks?.get(0)?.subarray(0, 4096);
  const isText = head === undefined || detectEncoding(head.subarray(0, head.length - (head.length % 2))).isText || detectEncoding(head).isText;
  return (
    <div className="flex h-full flex-col">
      <div className="figures flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-info-ground px-3 py-2">
        <p className="min-w-0 grow basis-60">
          <strong className="font-semibold text-info">Read-only.</strong>{" "}
          {isText ? "Files above 4 MiB are shown, not edited; only what you look at is read." : "This does not look like text; the viewer shows its bytes."}
          {isText && file.askedLine !== null && ` So line ${file.askedLine.toLocaleString("en-GB")} cannot be gone to: lines are not counted here.`}
        </p>
        {!isText && <Button onClick={onView}>Open in the viewer</Button>}
        <Button onClick={onGoTo}>Go to</Button>
      </div>
      {chunks !== null && chunks.error !== null && (
        <div className="shrink-0 p-2">
          <ErrorNotice {...describeError(chunks.error)} isAlert>
            <Button onClick={() => chunks.retry()}>Try again</Button>
          </ErrorNotice>
        </div>
      )}
      <div ref={host} tabIndex={0} role="region" aria-label={`Text of ${visibleText(file.path, 200)}`} className="min-h-0 grow touch-pan-x overflow-auto bg-card focus-visible:-outline-offset-2">
        <div className="min-w-max" style={{ height: isKnown ? Math.max(height, Math.min(2_000_000, (size / 60) * rowHeight)) : undefined }}>
          <div className="sticky top-0 overflow-y-clip font-mono [font-variant-ligatures:none]" style={{ maxHeight: height, fontSize, lineHeight: `${rowHeight}px` }}>
            {top === null || rows.length === 0 ? (
              size === 0 ? <p className="p-4 font-sans text-ink-soft">The file is empty.</p> : <LoadingRows />
            ) : (
              rows.map((row) => (
                <div key={row.from} className="flex whitespace-pre" style={{ height: rowHeight }}>
                  <span aria-hidden="true" className="figures sticky left-0 w-28 shrink-0 bg-card pr-3 text-right text-ink-faint select-none">
                    {row.isStart ? row.from : "↪"}
                  </span>
                  <bdi className="pr-4">{rowText(decoder, chunks?.bytes(row.from, row.to) ?? null)}</bdi>
                </div>
              ))
            )}
          </div>
        </div>
      </div>
      <footer className="figures flex h-7 shrink-0 items-center gap-3 border-t border-line bg-window px-3 text-small text-ink-soft max-wide:h-11" aria-label="Status of the file">
        <span>Byte {(top ?? wanted).toLocaleString("en-GB")}</span>
        <span>{size === null || size === 0 ? "–" : `${Math.min(100, ((top ?? wanted) / Math.max(1, lastTop ?? size)) * 100).toFixed(1)} %`}</span>
        <span className="grow" />
        <span title={size === null ? undefined : `${size} bytes`}>{formatBytes(size)}</span>
        <span>Read-only</span>
      </footer>
    </div>
  );
}

function LoadingRows() {
  return (
    <div className="flex flex-col gap-2 p-4">
      {[60, 44, 72, 30, 56].map((width) => (
        <Skeleton key={width} className={`h-3 ${width > 50 ? "w-100" : "w-60"}`} />
      ))}
    </div>
  );
}

function rowText(decoder: TextDecoder, bytes: Uint8Array | null): string {
  if (bytes === null) return "";
  return visibleText(decoder.decode(bytes), ROW_BYTES * 2).replaceAll("␉", "    ");
}
