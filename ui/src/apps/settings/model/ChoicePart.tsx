// The choice of the provider, the address and the model; kept when it is saved, and not before.
import { useRef, useState, type SyntheticEvent } from "react";
import { describeError } from "../../../api/errors";
import { changeModelPreferences } from "../../../api/models";
import { PROVIDER_WORDS } from "../../../api/modelWords";
import type { ModelPreferences } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ChoiceGroup, type Choice } from "../../../kit/ChoiceGroup";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Field } from "../../../kit/Field";
import { sentence } from "../../../lib/sentence";
import { visibleText } from "../../../lib/visibleText";
import { Part } from "../Part";
import { useSaving } from "../useSaving";
import { changeOf, formOf, isChanged, mistakesIn, PROVIDERS, withProvider, type ChoiceForm } from "./choiceForm";

const CHOICES: readonly Choice<ChoiceForm["provider"]>[] = [
  { value: "none", label: "None" },
  { value: "openAi", label: PROVIDER_WORDS.openAi },
  { value: "anthropic", label: PROVIDER_WORDS.anthropic },
  { value: "ollama", label: PROVIDER_WORDS.ollama },
  { value: "compatible", label: PROVIDER_WORDS.compatible },
];
const WORDS: Record<ChoiceForm["provider"], string> = {
  none: "Off: no language model is ever asked.",
  openAi: "A service of OpenAI. What it is asked leaves this computer.",
  anthropic: "A service of Anthropic. What it is asked leaves this computer.",
  ollama: "Models that run on this computer, or on one you name by its address.",
  compatible: "Whatever speaks as OpenAI does: vLLM, llama.cpp, LM Studio, a gateway of your own.",
};
const PLAIN = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;

export function ChoicePart({ kept }: { kept: ModelPreferences }) {
  const [draft, setDraft] = useState<ChoiceForm | null>(null);
  const [isChecked, setIsChecked] = useState(false);
  const saving = useSaving();
  const element = useRef<HTMLFormElement>(null);
  const form = draft ?? formOf(kept);
  const mistakes = isChecked ? mistakesIn(form) : { address: null, name: null };
  // What the program refuses once a name is there is the address.
  const refusal = saving.error?.code === "invalid" ? sentence(visibleText(saving.error.message, 300)) : null;
  const change = (next: ChoiceForm) => {
    setDraft(next);
    setIsChecked(false);
    saving.reset();
  };
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    setIsChecked(true);
    const { address, name } = mistakesIn(form);
    if (address !== null || name !== null) {
      window.requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    void saving.run(async () => {
      await changeModelPreferences(changeOf(form));
      setDraft(null);
    });
  };
  const provider = form.provider === "none" ? null : PROVIDERS[form.provider];
  const isDirty = isChanged(form, kept);
  return (
    <Part title="Model">
      <form ref={element} noValidate aria-label="Model" onSubmit={save} className="flex flex-col gap-4">
        <div>
          <ChoiceGroup legend="Provider" choices={CHOICES} value={form.provider} onChange={(next) => change(withProvider(next, kept))} />
          <p className="mt-1.5 text-small text-ink-faint">{WORDS[form.provider]}</p>
        </div>
        {provider !== null && (
          <>
            <Field
              label="Address"
              isMono
              inputMode="url"
              {...PLAIN}
              placeholder={provider.address === "" ? "https://llm.example.com/v1" : provider.address}
              hint={provider.address === "" ? "What stands before /chat/completions." : "Empty: the provider’s own address."}
              mistake={mistakes.address ?? refusal}
              value={form.address}
              onChange={(event) => change({ ...form, address: event.target.value })}
            />
            <Field
              label="Model name"
              isMono
              {...PLAIN}
              placeholder={provider.name === "" ? "As the server names it" : `For example ${provider.name}`}
              mistake={mistakes.name}
              value={form.name}
              onChange={(event) => change({ ...form, name: event.target.value })}
            />
          </>
        )}
        {saving.error !== null && refusal === null && <ErrorNotice {...describeError(saving.error)} isAlert />}
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary" isBusy={saving.isBusy} disabled={!isDirty}>
            Save
          </Button>
          <p role="status" className="text-small text-ink-soft">
            {isDirty ? "Not saved yet." : saving.isDone ? "Saved." : ""}
          </p>
        </div>
      </form>
    </Part>
  );
}
