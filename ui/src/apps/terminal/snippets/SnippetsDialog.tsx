// The snippets: found, looked at, inserted or run, and kept up; one dialog, whose content changes with what is done.
import { useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { useSnippets } from "../../../api/terminals";
import type { Snippet } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Skeleton } from "../../../kit/Skeleton";
import { StepDialog } from "../../../kit/StepDialog";
import { visibleText } from "../../../lib/visibleText";
import { NoSnippets } from "./NoSnippets";
import { SnippetBrowser } from "./SnippetBrowser";
import { SnippetDelete } from "./SnippetDelete";
import { SnippetEditor } from "./SnippetEditor";
import { SnippetForm } from "./SnippetForm";
import { asInput, fillIn, variablesIn } from "./variables";

export interface SnippetsDialogProps {
  open: boolean;
  onClose: () => void;
  /** `run`: Enter is pressed after the text. */
  onInsert: (text: string, run: boolean) => void;
}

export function SnippetsDialog({ open, onClose, onInsert }: SnippetsDialogProps) {
  // Mounted anew each time it opens, so that it starts with the whole list.
  return open ? <Snippets onClose={onClose} onInsert={onInsert} /> : null;
}

/** What the dialog shows: the list, or one thing that is done with a snippet. */
type Step = { kind: "browse" } | { kind: "edit"; snippet: Snippet | null } | { kind: "delete"; snippet: Snippet } | { kind: "fill"; snippet: Snippet; run: boolean };

function Snippets({ onClose, onInsert }: Omit<SnippetsDialogProps, "open">) {
  const { data: snippets, error, refetch } = useSnippets();
  const [step, setStep] = useState<Step>({ kind: "browse" });
  const [selected, setSelected] = useState<string | null>(null);
  const back = () => setStep({ kind: "browse" });

  const send = (text: string, run: boolean) => {
    onInsert(asInput(text), run);
    onClose();
  };
  const use = (snippet: Snippet, run: boolean) => {
    if (variablesIn(snippet.text).length > 0) setStep({ kind: "fill", snippet, run });
    else send(fillIn(snippet.text, new Map()), run);
  };

  const content = () => {
    if (snippets === undefined) {
      if (error === null) return <Skeleton className="h-72 w-full" />;
      return (
        <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
          <Button onClick={() => void refetch()}>Try again</Button>
        </ErrorNotice>
      );
    }
    switch (step.kind) {
      case "browse":
        return snippets.length === 0 ? (
          <NoSnippets onAdd={() => setStep({ kind: "edit", snippet: null })} />
        ) : (
          <SnippetBrowser
            snippets={snippets}
            selected={selected}
            onSelect={setSelected}
            onUse={use}
            onAdd={() => setStep({ kind: "edit", snippet: null })}
            onEdit={(snippet) => setStep({ kind: "edit", snippet })}
            onDelete={(snippet) => setStep({ kind: "delete", snippet })}
          />
        );
      case "edit": {
        const saved = (id: string) => {
          setSelected(id);
          back();
        };
        return <SnippetEditor snippets={snippets} edited={step.snippet} onCancel={back} onSaved={saved} />;
      }
      case "delete":
        return <SnippetDelete snippets={snippets} snippet={step.snippet} onDone={back} />;
      case "fill":
        return <SnippetForm snippet={step.snippet} run={step.run} onCancel={back} onSend={send} />;
    }
  };
  return (
    <StepDialog
      {...wordsFor(step)}
      width="wide"
      isOpen
      // What was begun is left by a step back, so that Escape loses no more than that.
      onClose={step.kind === "browse" ? onClose : back}
      closesOutside={step.kind === "browse"}
      hasFooter={snippets !== undefined && (snippets.length > 0 || step.kind !== "browse")}
    >
      {content()}
    </StepDialog>
  );
}

function wordsFor(step: Step): { title: string; lead?: string; tone?: "danger" } {
  switch (step.kind) {
    case "browse":
      return { title: "Snippets" };
    case "edit":
      return { title: step.snippet === null ? "New snippet" : "Edit snippet" };
    case "delete":
      return { title: `Delete snippet ${visibleText(step.snippet.name, 60)}`, tone: "danger" };
    case "fill":
      return { title: visibleText(step.snippet.name, 80), lead: "Values go in exactly as you type them; quote them where the shell needs it." };
  }
}
