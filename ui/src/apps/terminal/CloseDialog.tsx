// Asks before a terminal is closed in which a program runs.
import { useRef, useState } from "react";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { visibleText } from "../../lib/visibleText";

export interface CloseQuestion {
  terminals: readonly string[];
  /** The programs that would be ended; at least one. */
  programs: readonly string[];
}

export interface CloseDialogProps {
  question: CloseQuestion;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

export function CloseDialog({ question: { terminals, programs }, onConfirm, onClose }: CloseDialogProps) {
  const [isBusy, setIsBusy] = useState(false);
  const cancel = useRef<HTMLButtonElement>(null);
  const names = programs.map((name) => visibleText(name, 60));
  const what = names.length === 1 ? (names[0] ?? "") : `${names.length} programs`;
  const object = terminals.length === 1 ? "terminal" : `${terminals.length} terminals`;
  const confirm = async () => {
    setIsBusy(true);
    await onConfirm();
    onClose();
  };
  return (
    <Dialog
      title={`Close ${object} and end ${what}?`}
      tone="danger"
      isOpen
      onClose={onClose}
      initialFocus={cancel}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void confirm()}>
            Close {object} and end {what}
          </Button>
        </>
      }
    >
      <p className="text-ink-soft">
        {names.length === 1 ? "It is running in front of the shell." : `Running: ${names.join(", ")}.`} What is not saved there is lost.
      </p>
    </Dialog>
  );
}
