// Asks for a password or a key's passphrase; it goes to the program once, and the field forgets it with the dialog.
import { useRef, useState, type SyntheticEvent } from "react";
import type { PassphraseQuestion, PasswordQuestion } from "../../api/types";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { ServerText } from "../../kit/ServerText";
import { frontWindowElement } from "../frontWindow";
import { KeepSecret } from "./KeepSecret";
import type { QuestionProps } from "./QuestionDialog";
import { WhoAsks } from "./WhoAsks";

const FORM_ID = "secret-form";

export function SecretDialog({ server, question, isBusy, failure, onAnswer }: QuestionProps<PasswordQuestion | PassphraseQuestion>) {
  const [secret, setSecret] = useState("");
  const [isKept, setIsKept] = useState(question.keeping.chosen);
  const field = useRef<HTMLInputElement>(null);
  const isPassphrase = question.kind === "passphrase";
  const name = isPassphrase ? "Passphrase" : "Password";
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (secret !== "") onAnswer({ kind: "secret", secret, keep: isKept && question.keeping.problem === null });
  };
  return (
    <Dialog
      title={name}
      lead={
        <WhoAsks server={server} hop={question.hop}>
          For {server.name}
        </WhoAsks>
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
            {isPassphrase ? "Unlock the key" : "Sign in"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <Field
          ref={field}
          label={name}
          type="password"
          autoComplete="off"
          value={secret}
          mistake={question.retry && secret === "" ? `That ${name.toLowerCase()} was not accepted. Try again.` : null}
          hint={
            isPassphrase ? (
              <>
                Unlocks the key <ServerText isMono>{question.path}</ServerText>. It never leaves this computer.
              </>
            ) : (
              <>
                Of <ServerText>{`${question.user}@${question.host}`}</ServerText>. It is sent to this host alone.
              </>
            )
          }
          onChange={(event) => setSecret(event.target.value)}
        />
        <KeepSecret keeping={question.keeping} isOn={isKept} onChange={setIsKept} />
        {failure}
      </form>
    </Dialog>
  );
}
