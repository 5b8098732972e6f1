// The head of what is shown in place of the text: what it is, and what can be done.
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "../../lib/classes";

export interface PanelBarProps {
  icon: LucideIcon;
  title: string;
  line: ReactNode;
  tone?: "plain" | "warn";
  children: ReactNode;
}

export function PanelBar({ icon: Glyph, title, line, tone = "plain", children }: PanelBarProps) {
  return (
    <div className={classes("flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2", tone === "warn" ? "bg-warn-ground" : "bg-window")}>
      <Glyph size={16} strokeWidth={1.75} className={tone === "warn" ? "shrink-0 text-warn" : "shrink-0 text-ink-faint"} aria-hidden="true" />
      <div className="min-w-0 grow basis-52">
        <h3 className={classes("font-semibold", tone === "warn" && "text-warn")}>{title}</h3>
        <p className="text-small text-ink-soft">{line}</p>
      </div>
      <div className="flex flex-wrap gap-2 max-wide:w-full max-wide:*:grow">{children}</div>
    </div>
  );
}
