// Asks for a password or a key's passphrase; it goes to the program once, and the field forgets it with the dialog.
import { useRef, useState, type SyntheticEvent } from "react";
import type { PassphraseQuestion, PasswordQuestion } from "../../api/types";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { ServerText } from "../../kit/ServerText";
import { visibleText } from "../../lib/visibleText";
import type { QuestionProps } from "./QuestionDialog";

const FORM_ID = "secret-form";

export function SecretDialog({ server, question, isBusy, failure, onAnswer }: QuestionProps<PasswordQuestion | PassphraseQuestion>) {
  const [secret, setSecret] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const isPassword = question.kind === "password";
  const word = isPassword ? "Password" : "Passphrase";
  // What the server itself asks, when it asks for something else than a password.
  const prompt = isPassword && question.prompt !== null ? visibleText(question.prompt, 120) : word;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (secret !== "") onAnswer({ kind: "secret", secret });
  };
  return (
    <Dialog
      title={word}
      lead={
        isPassword ? (
          <>
            For <ServerText>{`${question.user}@${question.host}`}</ServerText>
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
      initialFocus={field}
      footer={
        <>
          <Button disabled={isBusy} onClick={() => onAnswer({ kind: "cancel" })}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={FORM_ID} isBusy={isBusy} disabled={secret === ""}>
            {isPassword ? "Sign in" : "Unlock the key"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <Field
          ref={field}
          label={prompt}
          type="password"
          autoComplete="off"
          value={secret}
          mistake={question.retry && secret === "" ? `That ${word.toLowerCase()} was not accepted. Try again.` : null}
          hint={`Used for this connection to ${server.name} and kept in memory only.`}
          onChange={(event) => setSecret(event.target.value)}
        />
        {failure}
      </form>
    </Dialog>
  );
}
