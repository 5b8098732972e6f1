// Saves one after the other, and of those that wait only the newest, so that what was chosen last is what is kept.

/** `send` must send the state of the moment it is called. The returned promise ends with the first save that holds what was there at the call. */
export function newestWins(send: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let waiting: Promise<void> | null = null;

  const start = (): Promise<void> => {
    const run = send().finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  };
  const afterwards = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined);
    waiting = null;
    await start();
  };
  return () => {
    if (running === null && waiting === null) return start();
    waiting ??= afterwards(running ?? Promise.resolve());
    return waiting;
  };
}
