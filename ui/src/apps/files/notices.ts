// Short news at the foot of the window, and the steps that can be undone, newest last; by server.
import { create } from "zustand";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";

const SHOWN_MS = 8000;
const MOST_STEPS = 50;

export interface Step {
  /** What was done: "Moved 3 items to logs". */
  text: string;
  undo: () => Promise<void>;
}

export interface News {
  id: number;
  tone: "plain" | "bad";
  text: string;
  detail: string | null;
  /** The step that can be taken back. */
  step: Step | null;
}

export const useNews = create<{ news: Readonly<Record<string, News>>; steps: Readonly<Record<string, readonly Step[]>> }>(() => ({ news: {}, steps: {} }));

let lastId = 0;

export function say(server: string, text: string, step: Step | null = null): void {
  if (step !== null) useNews.setState(({ steps }) => ({ steps: { ...steps, [server]: [...(steps[server] ?? []), step].slice(-MOST_STEPS) } }));
  show(server, { tone: "plain", text, detail: null, step }, SHOWN_MS);
}

/** Says what went wrong; it stays until it is dismissed. */
export function sayError(server: string, what: string, thrown: unknown): void {
  const { message, hint } = describeError(asErrorBody(thrown));
  sayTrouble(server, what, hint === null ? message : `${message} ${hint}`);
}

export function sayTrouble(server: string, what: string, detail: string | null): void {
  show(server, { tone: "bad", text: what, detail, step: null }, null);
}

export function dismiss(server: string, id?: number): void {
  useNews.setState(({ news }) => (id !== undefined && news[server]?.id !== id ? {} : { news: Object.fromEntries(Object.entries(news).filter(([each]) => each !== server)) }));
}

/** Takes back a step, the last one unless said. */
export async function undo(server: string, wanted?: Step): Promise<void> {
  const steps = useNews.getState().steps[server] ?? [];
  const step = wanted ?? steps.at(-1);
  if (step === undefined || !steps.includes(step)) return;
  useNews.setState((state) => ({ steps: { ...state.steps, [server]: steps.filter((each) => each !== step) } }));
  try {
    await step.undo();
    say(server, `Undone: ${step.text}`);
  } catch (thrown) {
    sayError(server, `Could not undo: ${step.text}`, thrown);
  }
}

function show(server: string, news: Omit<News, "id">, forMs: number | null): void {
  lastId += 1;
  const id = lastId;
  useNews.setState((state) => ({ news: { ...state.news, [server]: { ...news, id } } }));
  if (forMs !== null) window.setTimeout(() => dismiss(server, id), forMs);
}
