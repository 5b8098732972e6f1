// Asks for a password, a key's passphrase, or what the server asks in its own words; it goes to the program once, and the field forgets it with the dialog.
import { useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import type { PassphraseQuestion, PasswordQuestion } from "../../api/types";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { ServerText } from "../../kit/ServerText";
import { frontWindowElement } from "../frontWindow";
import type { QuestionProps } from "./QuestionDialog";

const FORM_ID = "secret-form";

const PASSWORD = { type: "password", autoComplete: "off" } as const;
/** Hidden as well, but no password: password managers neither fill it nor keep it, and no spelling service sees it. */
const ONE_TIME = { type: "text", autoComplete: "one-time-code", autoCapitalize: "none", spellCheck: false, isConcealed: true } as const;

export function SecretDialog({ server, question, isBusy, failure, onAnswer }: QuestionProps<PasswordQuestion | PassphraseQuestion>) {
  const [secret, setSecret] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const words = wordsFor(question);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (secret !== "") onAnswer({ kind: "secret", secret });
  };
  return (
    <Dialog
      title={words.title}
      lead={
        question.kind === "password" ? (
          <>
            {words.isAskedByServer ? "In its own words, for " : "For "}
            <ServerText>{`${question.user}@${question.host}`}</ServerText>
          </>
        ) : (
          <>
            For the key <ServerText isMono>{question.path}</ServerText>
          </>
        )
      }
      isOpen
      onClose={() => onAnswer({ kind: "cancel" })}
      closesOutside={false}
      finalFocus={frontWindowElement}
      initialFocus={field}
      footer={
        <>
          <Button disabled={isBusy} onClick={() => onAnswer({ kind: "cancel" })}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={FORM_ID} isBusy={isBusy} disabled={secret === ""}>
            {words.verb}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <Field
          ref={field}
          label={words.label}
          {...(words.isAskedByServer ? ONE_TIME : PASSWORD)}
          value={secret}
          mistake={question.retry && secret === "" ? words.refused : null}
          hint={`Used for this connection to ${server.name} and kept in memory only.`}
          onChange={(event) => setSecret(event.target.value)}
        />
        {failure}
      </form>
    </Dialog>
  );
}

interface Words {
  title: string;
  label: ReactNode;
  verb: string;
  refused: string;
  isAskedByServer: boolean;
}

function wordsFor(question: PasswordQuestion | PassphraseQuestion): Words {
  if (question.kind === "passphrase") {
    return { title: "Passphrase", label: "Passphrase", verb: "Unlock the key", refused: "That passphrase was not accepted. Try again.", isAskedByServer: false };
  }
  if (question.prompt === null) {
    return { title: "Password", label: "Password", verb: "Sign in", refused: "That password was not accepted. Try again.", isAskedByServer: false };
  }
  const label = (
    <ServerText wraps maxChars={300}>
      {question.prompt.trim() === "" ? "Answer" : question.prompt}
    </ServerText>
  );
  return { title: "The server asks", label, verb: "Answer", refused: "That answer was not accepted. Try again.", isAskedByServer: true };
}
