// What a person may decide about an output that no parser understood: ask the model this once, or always or never for this server.
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { changeServer } from "../../api/servers";
import type { ErrorBody, ModelConsent, Reading } from "../../api/types";

export interface ModelReading {
  /** What is under way; null: nothing. */
  doing: "once" | ModelConsent | null;
  /** Why the last of it failed. */
  error: ErrorBody | null;
  askOnce: () => void;
  consent: (consent: ModelConsent) => void;
}

/** `askByModel` asks the same question with the model, `askAgain` as usual; both show what comes. */
export function useModelReading(server: string, askByModel: () => Promise<unknown>, askAgain: () => Promise<unknown>): ModelReading {
  const [doing, setDoing] = useState<ModelReading["doing"]>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const run = async (what: "once" | ModelConsent, work: () => Promise<unknown>) => {
    setDoing(what);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(asErrorBody(thrown));
    }
    setDoing(null);
  };
  const consent = async (modelConsent: ModelConsent) => {
    await changeServer(server, { modelConsent });
    await askAgain();
  };
  return { doing, error, askOnce: () => void run("once", askByModel), consent: (given) => void run(given, () => consent(given)) };
}

/** Whether there is something that a model could read. */
export function hasOutput({ raw }: Reading<unknown>): boolean {
  return raw !== null && (raw.stdout.trim() !== "" || raw.stderr.trim() !== "");
}
