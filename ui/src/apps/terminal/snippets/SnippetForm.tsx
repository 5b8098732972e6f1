// Asks for a snippet's variables, and shows the very text before it goes to the terminal.
import { useState, type SyntheticEvent } from "react";
import type { Snippet } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { Field } from "../../../kit/Field";
import { StepFooter, useStepFocus } from "../../../kit/StepDialog";
import { visibleLines } from "../../../lib/visibleText";
import { LONGEST_TEXT } from "./snippetList";
import { asInput, fillIn, variablesIn } from "./variables";

export interface SnippetFormProps {
  snippet: Snippet;
  run: boolean;
  onCancel: () => void;
  onSend: (text: string, run: boolean) => void;
}

const FORM_ID = "snippet-values";

export function SnippetForm({ snippet, run, onCancel, onSend }: SnippetFormProps) {
  const variables = variablesIn(snippet.text);
  const [values, setValues] = useState<ReadonlyMap<string, string>>(() => new Map(variables.map(({ name, standard }) => [name, standard])));
  const first = useStepFocus<HTMLInputElement>();
  const text = asInput(fillIn(snippet.text, values));

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSend(text, run);
  };
  return (
    <>
      <form id={FORM_ID} onSubmit={submit} className="grid gap-3 pt-1 wide:grid-cols-2">
        {variables.map(({ name, standard }, index) => (
          <Field
            key={name}
            ref={index === 0 ? first : null}
            label={name}
            isMono
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={standard}
            value={values.get(name) ?? ""}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setValues(new Map(values).set(name, event.target.value))}
          />
        ))}
      </form>
      <h3 className="mt-4 mb-1 text-small font-medium text-ink-soft">{run ? "This will be run" : "This will be inserted"}</h3>
      <pre
        tabIndex={0}
        role="group"
        aria-label="The resulting text"
        className="max-h-48 min-h-10 overflow-y-auto rounded-card border border-line bg-sunken px-3 py-2 text-mono break-words whitespace-pre-wrap"
      >
        <bdi>{visibleLines(text, LONGEST_TEXT)}</bdi>
      </pre>
      <StepFooter>
        <Button onClick={onCancel}>Back</Button>
        {run ? (
          <Button onClick={() => onSend(text, false)}>Insert only</Button>
        ) : (
          <Button onClick={() => onSend(text, true)}>Run</Button>
        )}
        <Button look="primary" type="submit" form={FORM_ID}>
          {run ? "Run" : "Insert"}
        </Button>
      </StepFooter>
    </>
  );
}
