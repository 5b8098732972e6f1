// Brings a list of servers from elsewhere: what it is, what it would add, and what was added; nothing is saved before the last step.
import { useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { previewImport, runImport, type ImportSource } from "../../../api/serverManager";
import type { ErrorBody, Import } from "../../../api/types";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { StepDialog } from "../../../kit/StepDialog";
import { plural } from "../../../lib/numbers";
import { ChooseStep } from "./ChooseStep";
import { DoneStep } from "./DoneStep";
import { FORMAT_WORDS } from "./formats";
import { PreviewStep } from "./PreviewStep";

type Step = { kind: "choose" } | { kind: "preview"; source: ImportSource; found: Import } | { kind: "done"; count: number };

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const [error, setError] = useState<ErrorBody | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const work = async (action: () => Promise<Step>) => {
    setIsBusy(true);
    setError(null);
    try {
      setStep(await action());
    } catch (thrown) {
      setError(asErrorBody(thrown));
    }
    setIsBusy(false);
  };
  const preview = (source: ImportSource) => work(async () => ({ kind: "preview", source, found: await previewImport(source) }));
  const add = (source: ImportSource, numbers: readonly number[]) => work(async () => ({ kind: "done", count: (await runImport(source, numbers)).length }));
  const back = () => {
    setError(null);
    setStep({ kind: "choose" });
  };
  return (
    <StepDialog title="Import servers" lead={leadFor(step)} width="wide" isOpen onClose={onClose} closesOutside={step.kind === "done"} hasFooter>
      {error !== null && (
        <div className="mb-3">
          <ErrorNotice {...describeError(error)} isAlert />
        </div>
      )}
      {step.kind === "choose" && <ChooseStep isBusy={isBusy} onCancel={onClose} onRead={(source) => void preview(source)} />}
      {step.kind === "preview" && <PreviewStep found={step.found} isBusy={isBusy} onBack={back} onAdd={(numbers) => void add({ ...step.source, format: step.found.format }, numbers)} />}
      {step.kind === "done" && <DoneStep count={step.count} onClose={onClose} />}
    </StepDialog>
  );
}

function leadFor(step: Step): string {
  if (step.kind === "choose") return "Passwords and other secrets in a file are never taken over.";
  if (step.kind === "done") return "";
  return `${FORMAT_WORDS[step.found.format].name}: ${plural(step.found.entries.length, "server")} found. Choose which to add.`;
}
