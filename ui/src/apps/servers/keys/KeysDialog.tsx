// The key pairs of this computer: what there is, a new one, and letting one in on a server.
import { useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { useKeys } from "../../../api/keys";
import type { Server } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Skeleton } from "../../../kit/Skeleton";
import { StepDialog } from "../../../kit/StepDialog";
import { visibleText } from "../../../lib/visibleText";
import { GenerateStep } from "./GenerateStep";
import { KeyListStep } from "./KeyListStep";

export interface KeysDialogProps {
  /** The server a key is to be installed on; null: just the list. */
  server: Server | null;
  onClose: () => void;
}

export function KeysDialog({ server, onClose }: KeysDialogProps) {
  const { data, error, refetch } = useKeys();
  const [step, setStep] = useState<"list" | "generate">("list");
  const back = () => setStep("list");
  return (
    <StepDialog
      title={step === "generate" ? "New key" : server === null ? "SSH keys" : `Install a key on ${visibleText(server.name, 60)}`}
      lead={leadFor(step, server, data?.folder ?? null)}
      width="wide"
      isOpen
      onClose={step === "list" ? onClose : back}
      closesOutside={step === "list"}
      hasFooter={data !== undefined}
    >
      {data === undefined ? (
        error === null ? (
          <Skeleton className="h-60 w-full" />
        ) : (
          <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
            <Button onClick={() => void refetch()}>Try again</Button>
          </ErrorNotice>
        )
      ) : step === "generate" ? (
        <GenerateStep folder={data.folder} onCancel={back} onDone={back} />
      ) : (
        <KeyListStep keys={data.keys} server={server} onGenerate={() => setStep("generate")} onClose={onClose} />
      )}
    </StepDialog>
  );
}

function leadFor(step: "list" | "generate", server: Server | null, folder: string | null): string {
  if (step === "generate") return "The private key stays on this computer, readable by you alone.";
  if (server !== null) return "Adds the public key to ~/.ssh/authorized_keys of the user you are signed in as. A key that is there already changes nothing.";
  return folder === null ? "" : `Of ${folder} on this computer.`;
}
