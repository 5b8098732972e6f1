// A connection tested step by step: each step appears when it is done, says what was found, and what to try where it failed. It trusts no key and saves nothing by itself.
import { useRef } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { saveServer } from "../../api/serverManager";
import { addressOf, removeServer } from "../../api/servers";
import type { DiagnosisStep, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { closeDialog, openDialog, openServer } from "../shell";
import { QuestionDialog } from "./QuestionDialog";
import type { ServerForm } from "./serverForm";
import type { TestSteps } from "./testSteps";
import { TestStepRow } from "./TestStepRow";
import { useDiagnosis } from "./useDiagnosis";

export interface TestServerDialogProps {
  server: Server;
  /** The form that is tested before it is saved; null for a server of the list. */
  draft: ServerForm | null;
}

export function TestServerDialog({ server, draft }: TestServerDialogProps) {
  const { id } = server;
  const { steps, error, setError, again } = useDiagnosis(id);
  const first = useRef<HTMLButtonElement>(null);

  const discard = async () => {
    await removeServer(id, null).catch(() => undefined);
  };
  const close = () => {
    closeDialog();
    if (draft !== null) void discard();
  };
  const back = () => {
    openDialog({ kind: "addServer", draft });
    void discard();
  };
  const save = async () => {
    try {
      await saveServer(id);
      closeDialog();
      openServer(id);
    } catch (thrown) {
      setError(asErrorBody(thrown));
    }
  };
  const isDone = steps.end !== null || error !== null;
  return (
    <>
      <Dialog
        title={`Test the connection to ${server.name}`}
        lead={addressOf(server)}
        isOpen
        onClose={close}
        closesOutside={false}
        initialFocus={first}
        footer={
          <>
            <Button disabled={!isDone} onClick={again} className="wide:mr-auto">
              Test again
            </Button>
            {draft === null ? (
              <Button ref={first} look="primary" onClick={close}>
                Close
              </Button>
            ) : (
              <>
                <Button ref={first} onClick={back}>Back to the form</Button>
                <Button look="primary" onClick={() => void save()}>
                  Save and open
                </Button>
              </>
            )}
          </>
        }
      >
        <p role="status" className="pb-2 font-medium">
          {summaryOf(steps.done, steps.end, error !== null)}
        </p>
        <ol aria-label="Steps">
          {steps.done.map((step) => (
            <TestStepRow key={step.name} step={step} />
          ))}
          {!isDone && <TestStepRow step={steps.running ?? { name: "resolve", title: "Starting" }} />}
        </ol>
        {error !== null && (
          <div className="mt-3">
            <ErrorNotice {...describeError(error)} isAlert />
          </div>
        )}
      </Dialog>
      {server.state.status === "question" && <QuestionDialog key={server.state.question.id} server={server} question={server.state.question} />}
    </>
  );
}

function summaryOf(done: readonly DiagnosisStep[], end: TestSteps["end"], isBroken: boolean): string {
  if (isBroken) return "The test could not be finished.";
  if (end === null) return "Testing";
  const failed = done.find(({ status }) => status === "failed");
  if (failed !== undefined) return `It fails at: ${failed.title}`;
  return end.ok ? "Everything works." : "It works, with remarks.";
}
