// An error in place: what happened, why, which command, what to try; the request id last, for a report.
import type { ReactNode } from "react";
import { visibleText } from "../lib/visibleText";
import { Notice } from "./Notice";

export interface ErrorNoticeProps {
  title: string;
  message: string;
  hint: string | null;
  command: string | null;
  requestId: string | null;
  /** Buttons, such as "Try again". */
  children?: ReactNode;
  isAlert?: boolean;
}

export function ErrorNotice({ title, message, hint, command, requestId, children, isAlert = false }: ErrorNoticeProps) {
  return (
    <Notice tone="bad" title={title} isAlert={isAlert}>
      <p className="text-ink">
        <bdi>{visibleText(message, 600)}</bdi>
      </p>
      {hint !== null && <p className="mt-1 text-ink-soft">{visibleText(hint, 600)}</p>}
      {command !== null && (
        <code className="mt-1.5 block max-h-18 overflow-y-auto text-mono text-ink-soft" tabIndex={0} role="group" aria-label="Command">
          <bdi>{visibleText(command, 1000)}</bdi>
        </code>
      )}
      {requestId !== null && <p className="mt-1 text-caption text-ink-faint">Request {visibleText(requestId, 64)}</p>}
      {children !== undefined && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
    </Notice>
  );
}
