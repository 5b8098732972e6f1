// One step of a connection test: a mark, what it is, what was found, how long it took, and what to try.
import type { DiagnosisStep } from "../../api/types";
import { StatusMark, type Mark } from "../../kit/StatusMark";
import { formatMilliseconds } from "../../lib/time";
import { visibleLines, visibleText } from "../../lib/visibleText";

const MARKS: Record<DiagnosisStep["status"], { mark: Mark; word: string }> = {
  ok: { mark: "good", word: "Works" },
  warning: { mark: "warn", word: "Look at this" },
  failed: { mark: "bad", word: "Failed" },
  skipped: { mark: "idle", word: "Skipped" },
};

export function TestStepRow({ step }: { step: DiagnosisStep | Pick<DiagnosisStep, "name" | "title"> }) {
  const isDone = "status" in step;
  const { mark, word } = isDone ? MARKS[step.status] : { mark: "busy" as const, word: "Running" };
  return (
    <li data-step={step.name} data-status={isDone ? step.status : "running"} className="flex animate-fade gap-3 border-t border-line py-2">
      <span className="mt-0.5">
        <StatusMark mark={mark} size={16} />
      </span>
      <div className="min-w-0 grow [overflow-wrap:anywhere]">
        <p className="flex items-baseline gap-2">
          <span className="min-w-0 grow font-medium">
            {visibleText(step.title, 120)}
            <span className="sr-only">: {word}</span>
          </span>
          {isDone && step.tookMs !== null && <span className="figures shrink-0 text-small text-ink-faint">{formatMilliseconds(step.tookMs)}</span>}
        </p>
        {isDone && step.detail !== "" && <p className="text-small whitespace-pre-line text-ink-soft">{visibleLines(step.detail, 2000)}</p>}
        {isDone && step.hint !== null && <p className="mt-0.5 text-small text-ink">{visibleText(step.hint, 600)}</p>}
      </div>
    </li>
  );
}
