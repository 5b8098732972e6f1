// The key of the chosen model: it is typed, goes to the program once, and the field forgets it; it is never shown.
import { KeyRound } from "lucide-react";
import { useState, type SyntheticEvent } from "react";
import { describeError } from "../../../api/errors";
import { removeModelKey, setModelKey, useModelStatus } from "../../../api/models";
import type { ModelStatus } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Field } from "../../../kit/Field";
import { Notice } from "../../../kit/Notice";
import { sentence } from "../../../lib/sentence";
import { visibleText } from "../../../lib/visibleText";
import { Part } from "../Part";
import { useSaving } from "../useSaving";

export function KeyPart() {
  const { data: status } = useModelStatus();
  const [key, setKey] = useState("");
  const saving = useSaving();
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    const given = key.trim();
    if (given === "") return;
    setKey("");
    void saving.run(() => setModelKey(given));
  };
  const model = status?.model ?? null;
  const hasKey = (status?.key ?? null) !== null;
  const problem = status?.problem ?? null;
  return (
    <Part title="Key" lead={model === null ? undefined : `For ${visibleText(model.address, 120)} alone: with another address it is not sent.`}>
      <p className="flex items-center gap-2">
        <KeyRound size={16} strokeWidth={1.75} className={hasKey ? "shrink-0 text-good" : "shrink-0 text-ink-faint"} aria-hidden="true" />
        <span role="status">{whereItIs(status)}</span>
      </p>
      {problem !== null && (
        <Notice tone="warn" title={hasKey ? "It is not in the keychain" : "No key can be looked up"}>
          <p>{sentence(visibleText(problem, 400))}</p>
        </Notice>
      )}
      <form aria-label="Key" onSubmit={save} className="flex flex-wrap items-end gap-2">
        <Field
          label={hasKey ? "Another key" : "Key"}
          type="password"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="min-w-60 grow"
          {...(model?.provider === "ollama" ? { placeholder: "Ollama needs none, as a rule" } : {})}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <Button type="submit" isBusy={saving.isBusy} disabled={key.trim() === ""} className="wide:h-8">
          Save key
        </Button>
        {hasKey && (
          <Button look="quiet" isBusy={saving.isBusy} className="wide:h-8" onClick={() => void saving.run(removeModelKey)}>
            Remove key
          </Button>
        )}
      </form>
      {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
    </Part>
  );
}

function whereItIs(status: ModelStatus | undefined): string {
  if (status === undefined) return "Looking for a key.";
  if (status.key === "keychain") return "A key is kept in the keychain of this computer.";
  if (status.key === "memory") return "A key is kept in memory, until HeadlessOS ends.";
  return "No key is kept.";
}
