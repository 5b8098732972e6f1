// The last step of an import: how many servers are there now that were not before.
import { CircleCheck } from "lucide-react";
import { Button } from "../../../kit/Button";
import { StepFooter, useStepFocus } from "../../../kit/StepDialog";
import { plural } from "../../../lib/numbers";

export function DoneStep({ count, onClose }: { count: number; onClose: () => void }) {
  const close = useStepFocus<HTMLButtonElement>();
  return (
    <div className="flex flex-col items-center gap-2 py-10 text-center">
      <CircleCheck size={32} strokeWidth={1.5} className="text-good" aria-hidden="true" />
      <p role="status" className="text-title font-semibold">
        {plural(count, "server")} added
      </p>
      <p className="text-ink-soft">None of them was connected to.</p>
      <StepFooter>
        <Button ref={close} look="primary" onClick={onClose}>
          Show the list
        </Button>
      </StepFooter>
    </div>
  );
}
