// The steps of a connection test, built from the program's lines; pure.
import type { DiagnosisLine, DiagnosisStep } from "../../api/types";

export interface TestSteps {
  done: readonly DiagnosisStep[];
  /** What is being done; null between two steps and at the end. */
  running: Pick<DiagnosisStep, "name" | "title"> | null;
  end: { ok: boolean; connected: boolean } | null;
}

export const NO_STEPS: TestSteps = { done: [], running: null, end: null };

export function withLine(steps: TestSteps, line: DiagnosisLine): TestSteps {
  switch (line.type) {
    case "started":
      return { ...steps, running: { name: line.name, title: line.title } };
    case "step":
      return { ...steps, running: null, done: [...steps.done.filter(({ name }) => name !== line.step.name), line.step] };
    case "done":
      return { ...steps, running: null, end: { ok: line.ok, connected: line.connected } };
  }
}
