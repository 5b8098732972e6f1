// The words for what a language model had to do with a reading, the same wherever one is shown; pure.
import { plural } from "../lib/numbers";
import { visibleText } from "../lib/visibleText";
import type { ByModel, ModelName, ModelProvider } from "./types";

export const PROVIDER_WORDS: Record<ModelProvider, string> = { openAi: "OpenAI", anthropic: "Anthropic", ollama: "Ollama", compatible: "OpenAI-compatible" };

/** The model's name, as it may be shown. */
export function modelName(model: ModelName): string {
  return visibleText(model.name, 80);
}

/** `gpt-5-mini at https://api.openai.com/v1`. */
export function modelAt(model: ModelName): string {
  return `${modelName(model)} at ${visibleText(model.address, 120)}`;
}

/** What stands beside every value that a model read. */
export function readByModel(model: ModelName): string {
  return `Read by ${modelName(model)}, not by a parser. Check it against the raw output.`;
}

/** What the model would get, before anything is sent. */
export function whatItGets({ removed, replaced }: Pick<Extract<ByModel, { state: "offered" }>, "removed" | "replaced">): string {
  const secrets = removed > 0 ? `${plural(removed, "secret")} removed` : null;
  const names = replaced > 0 ? `${plural(replaced, "name or address", "names and addresses")} replaced` : null;
  const without = [secrets, names].filter((part) => part !== null).join(" and ");
  const output = without === "" ? "the output, in which no secret, name or address was found," : `the output, with ${without},`;
  return `It would get ${output} and the schema of the answer; nothing else.`;
}
