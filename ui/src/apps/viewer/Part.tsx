// Reads the beginning of a file for a view: a skeleton until it is here, an error when it cannot be read, a line when it is not all.
import type { ReactNode } from "react";
import { describeError } from "../../api/errors";
import { useFilePart } from "../../api/useFilePart";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { formatBytes } from "../../lib/bytes";
import { decodeText, detectEncoding } from "../../lib/textEncoding";
import type { ViewProps } from "./view";

export interface PartProps {
  view: ViewProps;
  maxBytes: number;
  children: (text: string, isCut: boolean) => ReactNode;
}

export function Part({ view, maxBytes, children }: PartProps) {
  const { part, error, readAgain } = useFilePart(view.server, view.path, view.version, maxBytes, view.isUnsized);
  if (error !== null) {
    return (
      <div className="p-4">
        <ErrorNotice {...describeError(error)} isAlert>
          <Button onClick={readAgain}>Try again</Button>
        </ErrorNotice>
      </div>
    );
  }
  if (part === null) return <PartSkeleton />;
  return (
    <div className="flex h-full flex-col">
      {part.isCut && <CutLine>Only the first {formatBytes(part.bytes.length)} of {formatBytes(view.sizeBytes)} are shown.</CutLine>}
      <div className="min-h-0 grow">{children(textOf(part.bytes, part.isCut), part.isCut)}</div>
    </div>
  );
}

/** A line that says that something is left out. */
export function CutLine({ children }: { children: ReactNode }) {
  return <p className="figures shrink-0 border-b border-line bg-info-ground px-3 py-1.5 text-small text-ink-soft">{children}</p>;
}

export function PartSkeleton() {
  return (
    <div className="flex h-full flex-col gap-2.5 bg-card p-4">
      {["w-72", "w-96", "w-60", "w-80", "w-40", "w-88"].map((width) => (
        <Skeleton key={width} className={`h-3 max-w-full ${width}`} />
      ))}
    </div>
  );
}

/** A cut may lie within a character: up to three bytes of the end are left away then. */
function textOf(bytes: Uint8Array, isCut: boolean): string {
  for (const less of isCut ? [0, 1, 2, 3] : []) {
    const shorter = bytes.subarray(0, bytes.length - less);
    const { encoding, isText } = detectEncoding(shorter);
    if (isText && encoding.startsWith("utf")) return decodeText(shorter, encoding) ?? "";
  }
  return decodeText(bytes, detectEncoding(bytes).encoding) ?? "";
}
