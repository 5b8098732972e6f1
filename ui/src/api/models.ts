// The chosen language model: which it is, whether it can be asked, what it cost. A key goes to the program once and is kept nowhere on the page.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { queryClient } from "./cache";
import { request } from "./client";
import { keep } from "./preferences";
import type { KeptPreferences, ModelCosts, ModelPreferences, ModelStatus, ModelTest } from "./types";

const CHOICE_KEY = ["model", "choice"] as const;
const STATUS_KEY = ["model", "status"] as const;
const COSTS_KEY = ["model", "costs"] as const;

/** How far back costs are told. */
export const COST_DAYS = 30;

/** What was chosen, read anew whenever it is shown: the command line can change it too. */
export function useModelPreferences(): UseQueryResult<ModelPreferences> {
  return useQuery({ queryKey: CHOICE_KEY, queryFn: async () => (await request<KeptPreferences>("GET", "/preferences")).model, staleTime: 0 });
}

/** Changes what was chosen. The program refuses an address to which nothing may go; then all stays as it was. */
export async function changeModelPreferences(change: Partial<ModelPreferences>): Promise<ModelPreferences> {
  const { model } = await keep((kept) => ({ ...kept, model: { ...kept.model, ...change } }));
  queryClient.setQueryData<ModelPreferences>(CHOICE_KEY, model);
  await Promise.all([queryClient.invalidateQueries({ queryKey: STATUS_KEY }), queryClient.invalidateQueries({ queryKey: COSTS_KEY })]);
  return model;
}

export function useModelStatus(): UseQueryResult<ModelStatus> {
  return useQuery({ queryKey: STATUS_KEY, queryFn: () => request<ModelStatus>("GET", "/model"), staleTime: 0 });
}

/** Hands over the key of the chosen model. */
export async function setModelKey(key: string): Promise<void> {
  queryClient.setQueryData<ModelStatus>(STATUS_KEY, await request<ModelStatus>("PUT", "/model/key", { key }));
}

export async function removeModelKey(): Promise<void> {
  queryClient.setQueryData<ModelStatus>(STATUS_KEY, await request<ModelStatus>("DELETE", "/model/key"));
}

/** Has the chosen model read a text that no server printed. */
export async function testModel(): Promise<ModelTest> {
  const result = await request<ModelTest>("POST", "/model/test", {});
  await queryClient.invalidateQueries({ queryKey: COSTS_KEY });
  return result;
}

/** What models were used for, read anew whenever it is shown. */
export function useModelCosts(): UseQueryResult<ModelCosts> {
  return useQuery({ queryKey: COSTS_KEY, queryFn: () => request<ModelCosts>("GET", `/stats/llm?days=${COST_DAYS}`), staleTime: 0 });
}
