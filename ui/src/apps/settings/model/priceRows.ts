// The price table as it is typed, and back; pure.
import type { ModelPrice } from "../../../api/types";

export interface PriceRow {
  /** Tells one row from another while names are being typed. */
  id: number;
  model: string;
  prompt: string;
  reply: string;
}

/** More than this the program does not keep. */
export const MOST_PRICES = 200;
const MOST_USD = 1_000_000;

export function rowsOf(prices: readonly ModelPrice[]): readonly PriceRow[] {
  return prices.map(({ model, promptUsd, completionUsd }, id) => ({ id, model, prompt: String(promptUsd), reply: String(completionUsd) }));
}

/** What is wrong with a row; null where nothing is. */
export function mistakeIn({ model, prompt, reply }: PriceRow): string | null {
  if (model.trim() === "") return "Enter the name of the model.";
  return [prompt, reply].every(isAmount) ? null : "A price is a number of US dollars, such as 1.25.";
}

export function pricesOf(rows: readonly PriceRow[]): ModelPrice[] {
  return rows.map(({ model, prompt, reply }) => ({ model: model.trim(), promptUsd: amount(prompt), completionUsd: amount(reply) }));
}

/** With a comma too, as half the world types it. */
function amount(text: string): number {
  return Number(text.trim().replace(",", "."));
}

function isAmount(text: string): boolean {
  return text.trim() !== "" && amount(text) >= 0 && amount(text) <= MOST_USD;
}
