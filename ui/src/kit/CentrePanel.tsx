// Fills an app or a part of it where there is nothing else to show: why, and the next step.
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export interface CentrePanelProps {
  icon: LucideIcon;
  title: string;
  line?: ReactNode;
  /** For states that usually pass before they are worth a look. */
  isLate?: boolean;
  /** Under the line: an error, a field. */
  content?: ReactNode;
  /** Buttons. */
  children?: ReactNode;
}

export function CentrePanel({ icon: Glyph, title, line, isLate = false, content, children }: CentrePanelProps) {
  return (
    <div className={`grid h-full place-items-center overflow-y-auto p-6 ${isLate ? "animate-late" : "animate-fade"}`}>
      <div className="flex w-full max-w-105 flex-col items-center gap-1 text-center">
        <Glyph size={32} strokeWidth={1.25} className="mb-2 text-ink-faint" aria-hidden="true" />
        <h3 className="max-w-full text-title font-semibold [overflow-wrap:anywhere]">{title}</h3>
        {line !== undefined && <div className="max-w-full text-ink-soft [overflow-wrap:anywhere]">{line}</div>}
        {content !== undefined && <div className="mt-4 w-full text-left">{content}</div>}
        {children !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{children}</div>}
      </div>
    </div>
  );
}
