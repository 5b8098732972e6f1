// What runs inside a measured page, beside its xterm: times are taken there, from the key that goes down to the buffer that holds what came back.

/** Put into each page before its own scripts; must not refer to anything outside itself. */
export function installBench(prompt) {
  const bench = { term: null, keyMs: 0 };
  globalThis.bench = bench;

  const buffer = () => bench.term.buffer.active;
  const row = (y) => buffer().getLine(y)?.translateToString(true) ?? "";
  const cursorRow = () => buffer().baseY + buffer().cursorY;
  const tail = (count) => Array.from({ length: count }, (_, back) => row(cursorRow() - back)).reverse();

  const conditions = {
    text: (wanted) => tail(4).some((line) => line.includes(wanted)),
    prompt: () => row(cursorRow()).trimEnd().endsWith(prompt),
    anything: () => row(cursorRow()) !== "" && buffer().cursorX > 0,
  };

  /** Begins to wait; `ended` gives when it was so, on both clocks. */
  bench.begin = (condition, wanted, patienceMs) => {
    bench.waiting = new Promise((resolve, reject) => {
      const stop = (settle, value) => {
        clearTimeout(timer);
        listener.dispose();
        settle(value);
      };
      const look = () => {
        if (conditions[condition](wanted)) stop(resolve, { nowMs: performance.now(), dateMs: Date.now() });
      };
      const timer = setTimeout(() => stop(reject, new Error(`no ${condition} ${wanted ?? ""} within ${patienceMs / 1000} s; shown: ${JSON.stringify(tail(3))}`)), patienceMs);
      const listener = bench.term.onWriteParsed(look);
      look();
    });
    bench.waiting.catch(() => undefined);
  };
  bench.ended = () => bench.waiting;
  bench.find = (pattern) => Array.from({ length: buffer().length }, (_, y) => row(y)).join("\n").match(new RegExp(pattern))?.[1] ?? null;

  addEventListener("keydown", ({ key }) => {
    bench.keyMs = performance.now();
    bench.expected?.(key);
  }, { capture: true });

  /** The next key that goes down: how long until it stands before the cursor, in ms. */
  bench.beginEcho = () => {
    bench.echo = new Promise((resolve, reject) => {
      bench.expected = (key) => {
        bench.expected = null;
        const startedMs = performance.now();
        const place = `${buffer().cursorX} ${cursorRow()}`;
        const timer = setTimeout(() => {
          listener.dispose();
          reject(new Error(`${key} did not come back within 10 s; shown: ${JSON.stringify(tail(3))}`));
        }, 10_000);
        const listener = bench.term.onWriteParsed(() => {
          const { cursorX } = buffer();
          if (`${cursorX} ${cursorRow()}` === place) return;
          if (buffer().getLine(cursorRow())?.getCell(cursorX - 1)?.getChars() !== key) return;
          clearTimeout(timer);
          listener.dispose();
          resolve(performance.now() - startedMs);
        });
      };
    });
    bench.echo.catch(() => undefined);
  };
  bench.echoed = () => bench.echo;
}
