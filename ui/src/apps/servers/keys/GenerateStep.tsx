// A new key pair: its kind, a comment, and a passphrase, which is typed twice and kept nowhere.
import { useState, type SyntheticEvent } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { generateKey } from "../../../api/keys";
import type { ErrorBody, NewKey } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ChoiceGroup, type Choice } from "../../../kit/ChoiceGroup";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Field } from "../../../kit/Field";
import { StepFooter, useStepFocus } from "../../../kit/StepDialog";

type KeyType = NewKey["type"];

const TYPES: readonly Choice<KeyType>[] = [
  { value: "ed25519", label: "Ed25519" },
  { value: "ecdsa", label: "ECDSA" },
  { value: "rsa4096", label: "RSA 4096" },
];
const TYPE_WORDS: Record<KeyType, string> = {
  ed25519: "The best choice for every server of the last ten years.",
  ecdsa: "For servers and devices that do not take Ed25519.",
  rsa4096: "For old servers. Takes some seconds to make.",
};
const FORM_ID = "new-key";

export function GenerateStep({ folder, onCancel, onDone }: { folder: string; onCancel: () => void; onDone: () => void }) {
  const [type, setType] = useState<KeyType>("ed25519");
  const [comment, setComment] = useState("");
  const [path, setPath] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const first = useStepFocus<HTMLInputElement>();
  const differs = passphrase !== again;

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (differs) return;
    setIsBusy(true);
    setError(null);
    try {
      await generateKey({ type, comment: comment.trim() || null, passphrase: passphrase === "" ? null : passphrase, path: path.trim() || null });
      onDone();
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };
  return (
    <form id={FORM_ID} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <div>
        <ChoiceGroup legend="Kind" choices={TYPES} value={type} onChange={setType} />
        <p className="mt-1.5 text-small text-ink-faint">{TYPE_WORDS[type]}</p>
      </div>
      <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
        <Field ref={first} label="Comment" placeholder="laptop" autoComplete="off" value={comment} onChange={(event) => setComment(event.target.value)} />
        <Field label="File" isMono placeholder={`${folder}/id_…`} hint="Empty: a free name. A file that is there is never overwritten." autoComplete="off" spellCheck={false} value={path} onChange={(event) => setPath(event.target.value)} />
      </div>
      <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
        <Field label="Passphrase" type="password" hint="Empty: whoever has the file can use it." autoComplete="off" spellCheck={false} value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
        <Field label="Passphrase again" type="password" autoComplete="off" spellCheck={false} value={again} mistake={isChecked && differs ? "The two are not the same." : null} onChange={(event) => setAgain(event.target.value)} />
      </div>
      {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      <StepFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" form={FORM_ID} isBusy={isBusy}>
          Make the key
        </Button>
      </StepFooter>
    </form>
  );
}
