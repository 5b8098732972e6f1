// The form that chooses a model: what was typed, what is wrong with it, and what is kept of it; pure.
import type { ModelPreferences, ModelProvider } from "../../../api/types";

export interface ChoiceForm {
  provider: ModelProvider | "none";
  address: string;
  name: string;
}

/** What each provider takes where nothing is typed, and an example of what is typed. */
export const PROVIDERS: Record<ModelProvider, { address: string; name: string }> = {
  openAi: { address: "https://api.openai.com/v1", name: "gpt-5-mini" },
  anthropic: { address: "https://api.anthropic.com", name: "claude-haiku-4-5" },
  ollama: { address: "http://127.0.0.1:11434", name: "qwen2.5-coder:7b" },
  compatible: { address: "", name: "" },
};

export function formOf({ provider, address, name }: ModelPreferences): ChoiceForm {
  return { provider: provider ?? "none", address, name };
}

/** Another provider: an address and a name belong to the one they were given for, so those of the last are not taken along. */
export function withProvider(provider: ChoiceForm["provider"], kept: ModelPreferences): ChoiceForm {
  return provider === (kept.provider ?? "none") ? formOf(kept) : { provider, address: "", name: "" };
}

export function mistakesIn({ provider, address, name }: ChoiceForm): { address: string | null; name: string | null } {
  if (provider === "none") return { address: null, name: null };
  return {
    address: provider === "compatible" && address.trim() === "" ? "Enter the address, such as https://llm.example.com/v1." : null,
    name: name.trim() === "" ? "Enter the name of the model." : null,
  };
}

/** What is kept; without a provider the address and the name of the last stay where they are, and are asked for nothing. */
export function changeOf({ provider, address, name }: ChoiceForm): Partial<ModelPreferences> {
  return provider === "none" ? { provider: null } : { provider, address: address.trim(), name: name.trim() };
}

export function isChanged(form: ChoiceForm, kept: ModelPreferences): boolean {
  const before = formOf(kept);
  return form.provider !== before.provider || (form.provider !== "none" && (form.address.trim() !== before.address || form.name.trim() !== before.name));
}
