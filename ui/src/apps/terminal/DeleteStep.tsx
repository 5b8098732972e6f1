// The step of a dialog that asks before something is deleted: what it is, a button for it, and the error where it did not work.
import { useState, type ReactNode } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import type { ErrorBody } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { StepFooter, useStepFocus } from "../../kit/StepDialog";

export interface DeleteStepProps {
  /** On the button, such as `Delete recording deploy`. */
  label: string;
  onDelete: () => Promise<unknown>;
  /** It is deleted, or stays. */
  onDone: () => void;
  children: ReactNode;
}

export function DeleteStep({ label, onDelete, onDone, children }: DeleteStepProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const cancel = useStepFocus<HTMLButtonElement>();
  const remove = async () => {
    setIsBusy(true);
    try {
      await onDelete();
      onDone();
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };
  return (
    <>
      {children}
      {error !== null && (
        <div className="mt-3">
          <ErrorNotice {...describeError(error)} isAlert />
        </div>
      )}
      <StepFooter>
        <Button ref={cancel} onClick={onDone}>
          Cancel
        </Button>
        <Button look="danger" className="min-w-0" isBusy={isBusy} onClick={() => void remove()}>
          <span className="truncate">{label}</span>
        </Button>
      </StepFooter>
    </>
  );
}
