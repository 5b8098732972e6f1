// What a server wants to know in its own words, such as one-time codes: all of it in one window, each answer shown or hidden as the server says.
import { useRef, useState, type SyntheticEvent } from "react";
import type { PromptsQuestion } from "../../api/types";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { ServerText } from "../../kit/ServerText";
import { frontWindowElement } from "../frontWindow";
import type { QuestionProps } from "./QuestionDialog";
import { WhoAsks } from "./WhoAsks";

const FORM_ID = "prompts-form";

/** Hidden, but no password: password managers neither fill it nor keep it, and no spelling service sees it. */
const HIDDEN = { type: "text", autoComplete: "one-time-code", autoCapitalize: "none", spellCheck: false, isConcealed: true } as const;
const SHOWN = { type: "text", autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
const PASSWORD = { type: "password", autoComplete: "off" } as const;

type Prompt = PromptsQuestion["prompts"][number];

export function PromptsDialog({ server, question, isBusy, failure, onAnswer }: QuestionProps<PromptsQuestion>) {
  const { prompts, hop } = question;
  const [answers, setAnswers] = useState(() => prompts.map(() => ""));
  // The prompts of one question never change their places, and two of them may have the same words.
  const fields = prompts.map((prompt, at) => ({ prompt, at, key: `prompt ${at}` }));
  const first = useRef<HTMLInputElement>(null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onAnswer({ kind: "secrets", secrets: answers });
  };
  const change = (at: number, answer: string) => setAnswers((before) => before.map((each, index) => (index === at ? answer : each)));
  return (
    <Dialog
      title={hop === null ? "The server asks" : "The jump host asks"}
      lead={
        <>
          <WhoAsks server={server} hop={hop}>
            For {server.name}, as <ServerText>{`${question.user}@${question.host}`}</ServerText>.
          </WhoAsks>{" "}
          These are its own words.
        </>
      }
      isOpen
      onClose={() => onAnswer({ kind: "cancel" })}
      closesOutside={false}
      finalFocus={frontWindowElement}
      initialFocus={first}
      footer={
        <>
          <Button disabled={isBusy} onClick={() => onAnswer({ kind: "cancel" })}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={FORM_ID} isBusy={isBusy} disabled={answers.every((answer) => answer === "")}>
            Answer
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        {question.retry && answers.every((answer) => answer === "") && (
          <Notice tone="bad" title={prompts.length === 1 ? "That answer was not accepted. Try again." : "Those answers were not accepted. Try again."} isAlert />
        )}
        <ServerSays title={question.title} instruction={question.instruction} />
        {fields.map(({ prompt, at, key }) => (
          <Field
            key={key}
            ref={at === 0 ? first : undefined}
            label={
              <ServerText wraps maxChars={300}>
                {prompt.text.trim() === "" ? "Answer" : prompt.text}
              </ServerText>
            }
            {...kindOf(prompt)}
            value={answers[at] ?? ""}
            onChange={(event) => change(at, event.target.value)}
          />
        ))}
        <p className="text-small text-ink-faint">Sent to this host alone, and remembered nowhere.</p>
        {failure}
      </form>
    </Dialog>
  );
}

function ServerSays({ title, instruction }: { title: string; instruction: string }) {
  if (title.trim() === "" && instruction.trim() === "") return null;
  return (
    <div className="rounded-card border border-line bg-sunken px-3 py-2 text-mono">
      {title.trim() !== "" && (
        <p className="font-medium">
          <ServerText wraps maxChars={300}>
            {title}
          </ServerText>
        </p>
      )}
      {instruction.trim() !== "" && (
        <p className="text-ink-soft">
          <ServerText wraps maxChars={300}>
            {instruction}
          </ServerText>
        </p>
      )}
    </div>
  );
}

function kindOf(prompt: Prompt): typeof HIDDEN | typeof SHOWN | typeof PASSWORD {
  if (prompt.echo) return SHOWN;
  return prompt.isPassword ? PASSWORD : HIDDEN;
}
