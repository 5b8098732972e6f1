// The mark of a state: each has its own shape, so that colour is never the only difference; the word stands beside it.
import { CircleCheck, CircleDashed, CircleHelp, CircleX, LoaderCircle, TriangleAlert } from "lucide-react";

const MARKS = {
  good: { Icon: CircleCheck, look: "text-good" },
  busy: { Icon: LoaderCircle, look: "text-info animate-spin" },
  ask: { Icon: CircleHelp, look: "text-info" },
  warn: { Icon: TriangleAlert, look: "text-warn" },
  bad: { Icon: CircleX, look: "text-bad" },
  idle: { Icon: CircleDashed, look: "text-idle" },
} as const;
export type Mark = keyof typeof MARKS;

export function StatusMark({ mark, size = 14 }: { mark: Mark; size?: number }) {
  const { Icon, look } = MARKS[mark];
  return <Icon size={size} strokeWidth={2} className={`shrink-0 ${look}`} aria-hidden="true" />;
}
