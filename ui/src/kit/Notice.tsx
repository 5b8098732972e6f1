// A message in place: a shape and a word for its tone, what happened, what to try.
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "../lib/classes";

const TONES = {
  bad: { ground: "bg-bad-ground", ink: "text-bad", Icon: CircleAlert },
  warn: { ground: "bg-warn-ground", ink: "text-warn", Icon: TriangleAlert },
  info: { ground: "bg-info-ground", ink: "text-info", Icon: Info },
  good: { ground: "bg-good-ground", ink: "text-good", Icon: CircleCheck },
} as const;

export interface NoticeProps {
  tone: keyof typeof TONES;
  title: string;
  children?: ReactNode;
  /** Read out at once when it appears. */
  isAlert?: boolean;
}

export function Notice({ tone, title, children, isAlert = false }: NoticeProps) {
  const { ground, ink, Icon } = TONES[tone];
  return (
    <div role={isAlert ? "alert" : undefined} className={classes("flex gap-2.5 rounded-card px-3 py-2.5", ground)}>
      <Icon size={16} strokeWidth={1.75} className={classes("mt-0.5 shrink-0", ink)} aria-hidden="true" />
      <div className="min-w-0 grow [overflow-wrap:anywhere]">
        <p className={classes("font-semibold", ink)}>{title}</p>
        {children}
      </div>
    </div>
  );
}
