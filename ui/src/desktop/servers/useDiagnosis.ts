// One test of a connection while its dialog is open: begins by itself, ends with the dialog, and begins anew when asked.
import { useEffect, useRef, useState } from "react";
import { asErrorBody } from "../../api/client";
import { diagnose } from "../../api/diagnosis";
import type { ErrorBody } from "../../api/types";
import { NO_STEPS, withLine, type TestSteps } from "./testSteps";

interface State {
  steps: TestSteps;
  /** Why it could not be finished. */
  error: ErrorBody | null;
}

export function useDiagnosis(server: string): State & { setError: (error: ErrorBody) => void; again: () => void } {
  const [state, setState] = useState<State>({ steps: NO_STEPS, error: null });
  const running = useRef<AbortController | null>(null);
  useEffect(() => {
    running.current = begin(server, setState);
    return () => running.current?.abort();
  }, [server]);
  return {
    ...state,
    setError: (error) => setState((before) => ({ ...before, error })),
    again: () => {
      running.current?.abort();
      running.current = begin(server, setState);
    },
  };
}

function begin(server: string, set: (change: (before: State) => State) => void): AbortController {
  const stop = new AbortController();
  const follow = async () => {
    set(() => ({ steps: NO_STEPS, error: null }));
    try {
      for await (const line of diagnose(server, stop.signal)) set((before) => ({ ...before, steps: withLine(before.steps, line) }));
    } catch (thrown) {
      if (!stop.signal.aborted) set((before) => ({ ...before, error: asErrorBody(thrown) }));
    }
  };
  void follow();
  return stop;
}
