// Adds a snippet or changes one.
import { useState, type SyntheticEvent } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { saveSnippets } from "../../../api/terminals";
import type { ErrorBody, Snippet } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Field } from "../../../kit/Field";
import { StepFooter, useStepFocus } from "../../../kit/StepDialog";
import { TextArea } from "../../../kit/TextArea";
import { mistakesInSnippet, withSnippet } from "./snippetList";
import { variablesIn } from "./variables";

export interface SnippetEditorProps {
  snippets: readonly Snippet[];
  /** Null: a new one. */
  edited: Snippet | null;
  onCancel: () => void;
  onSaved: (id: string) => void;
}

const FORM_ID = "snippet-form";

export function SnippetEditor({ snippets, edited, onCancel, onSaved }: SnippetEditorProps) {
  const [snippet, setSnippet] = useState<Snippet>(() => edited ?? { id: crypto.randomUUID(), name: "", text: "" });
  const [isChecked, setIsChecked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const name = useStepFocus<HTMLInputElement>();
  const mistakes = isChecked ? mistakesInSnippet(snippet, snippets) : {};
  const variables = variablesIn(snippet.text);

  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    setIsChecked(true);
    const clean = { ...snippet, name: snippet.name.trim() };
    if (isBusy || Object.keys(mistakesInSnippet(clean, snippets)).length > 0) return;
    setIsBusy(true);
    setError(null);
    try {
      await saveSnippets(withSnippet(snippets, clean));
      onSaved(clean.id);
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };
  return (
    <>
      <form id={FORM_ID} noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-4 pt-1">
        <Field
          ref={name}
          label="Name"
          placeholder="Follow the log of a service"
          autoComplete="off"
          value={snippet.name}
          mistake={mistakes.name ?? null}
          onChange={(event) => setSnippet({ ...snippet, name: event.target.value })}
        />
        <TextArea
          label="Text"
          isMono
          rows={8}
          placeholder={"journalctl -fu {{service:nginx}} -n {{lines:50}}"}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={snippet.text}
          mistake={mistakes.text ?? null}
          hint={
            variables.length === 0 ? (
              <>
                <code>{"{{name}}"}</code> or <code>{"{{name:default}}"}</code> is asked for each time; <code>{"\\{{"}</code> stays as it is.
              </>
            ) : (
              `Asks for ${variables.map((each) => (each.standard === "" ? each.name : `${each.name} (${each.standard})`)).join(", ")}.`
            )
          }
          onChange={(event) => setSnippet({ ...snippet, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save(event);
          }}
        />
        {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      </form>
      <StepFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" form={FORM_ID} isBusy={isBusy}>
          {edited === null ? "Add snippet" : "Save changes"}
        </Button>
      </StepFooter>
    </>
  );
}
