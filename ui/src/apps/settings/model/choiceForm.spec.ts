// An address goes with the provider it was typed for, and what is missing is said before anything is sent.
import { expect, test } from "vitest";
import type { ModelPreferences } from "../../../api/types";
import { changeOf, formOf, isChanged, mistakesIn, withProvider } from "./choiceForm";

const kept: ModelPreferences = { provider: "compatible", address: "https://llm.example.com/v1", name: "tiny", prices: [], debugLog: false };

test("another provider begins empty, and the kept one comes back as it was", () => {
  expect(withProvider("openAi", kept)).toEqual({ provider: "openAi", address: "", name: "" });
  expect(withProvider("compatible", kept)).toEqual(formOf(kept));
  expect(withProvider("none", { ...kept, provider: null })).toMatchObject({ provider: "none" });
});

test("what is missing is said", () => {
  expect(mistakesIn({ provider: "compatible", address: " ", name: "" })).toEqual({ address: expect.stringContaining("Enter the address"), name: "Enter the name of the model." });
  expect(mistakesIn({ provider: "openAi", address: "", name: "gpt-5" })).toEqual({ address: null, name: null });
  expect(mistakesIn({ provider: "none", address: "", name: "" })).toEqual({ address: null, name: null });
});

test("what is kept has no blanks around it, and nothing is chosen by taking the provider away", () => {
  expect(changeOf({ provider: "ollama", address: " http://10.0.0.2:11434 ", name: " a " })).toEqual({ provider: "ollama", address: "http://10.0.0.2:11434", name: "a" });
  expect(changeOf({ provider: "none", address: "x", name: "y" })).toEqual({ provider: null });
  expect(isChanged(formOf(kept), kept)).toBe(false);
  expect(isChanged({ ...formOf(kept), name: "tiny " }, kept)).toBe(false);
  expect(isChanged({ ...formOf(kept), name: "big" }, kept)).toBe(true);
  expect(isChanged({ provider: "none", address: "x", name: "" }, { ...kept, provider: null })).toBe(false);
});
