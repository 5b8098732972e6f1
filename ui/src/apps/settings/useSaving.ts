// A change on its way to the program: whether it still is, and why it failed.
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import type { ErrorBody } from "../../api/types";

export interface Saving {
  isBusy: boolean;
  /** Why the last one failed; null when it did not. */
  error: ErrorBody | null;
  /** Whether the last one was kept. */
  isDone: boolean;
  run: (work: () => Promise<unknown>) => Promise<void>;
  /** Forgets how the last one ended. */
  reset: () => void;
}

interface State {
  isBusy: boolean;
  error: ErrorBody | null;
  isDone: boolean;
}

const IDLE: State = { isBusy: false, error: null, isDone: false };

export function useSaving(): Saving {
  const [state, setState] = useState(IDLE);
  const run = async (work: () => Promise<unknown>) => {
    setState({ ...IDLE, isBusy: true });
    try {
      await work();
      setState({ ...IDLE, isDone: true });
    } catch (thrown) {
      setState({ ...IDLE, error: asErrorBody(thrown) });
    }
  };
  return { ...state, run, reset: () => setState(IDLE) };
}
