// Warns, in red, before This computer is used by a program that itself runs as root.
import { useRef } from "react";
import type { RunAsRootQuestion } from "../../api/types";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { Notice } from "../../kit/Notice";
import { frontWindowElement } from "../frontWindow";
import type { QuestionProps } from "./QuestionDialog";

export function RunAsRootDialog({ isBusy, failure, onAnswer }: QuestionProps<RunAsRootQuestion>) {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      title="HeadlessOS runs as root"
      lead="You are about to use This computer with every permission there is."
      tone="danger"
      isOpen
      onClose={() => onAnswer({ kind: "trust", trust: false })}
      closesOutside={false}
      finalFocus={frontWindowElement}
      initialFocus={cancel}
      footer={
        <>
          <Button ref={cancel} disabled={isBusy} onClick={() => onAnswer({ kind: "trust", trust: false })}>
            Cancel
          </Button>
          <Button look="danger" isBusy={isBusy} onClick={() => onAnswer({ kind: "trust", trust: true })}>
            Use This computer as root
          </Button>
        </>
      }
    >
      <Notice tone="bad" title="Nothing stands between a mistake and this machine">
        <p className="text-ink">
          This computer is managed as the user who started HeadlessOS, and that is root. Better: quit, and start <code className="text-mono">headlessos</code> as
          your own user. Other servers are not affected.
        </p>
      </Notice>
      {failure !== null && <div className="mt-3">{failure}</div>}
    </Dialog>
  );
}
