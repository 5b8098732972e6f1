// The time as a value that ticks; one timer serves every component that asks for the same pace.
import { useSyncExternalStore } from "react";

interface Ticker {
  nowMs: number;
  timer: number;
  listeners: Set<() => void>;
}

const tickers = new Map<number, Ticker>();

/** The page's clock in milliseconds, renewed every `everyMs` while someone looks. */
export function useNow(everyMs: number): number {
  return useSyncExternalStore(
    (listener) => listen(everyMs, listener),
    () => tickers.get(everyMs)?.nowMs ?? floorTo(everyMs),
  );
}

function listen(everyMs: number, listener: () => void): () => void {
  const ticker = tickers.get(everyMs) ?? start(everyMs);
  ticker.listeners.add(listener);
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0) return;
    window.clearInterval(ticker.timer);
    tickers.delete(everyMs);
  };
}

function start(everyMs: number): Ticker {
  const ticker: Ticker = {
    nowMs: floorTo(everyMs),
    listeners: new Set(),
    timer: window.setInterval(() => {
      ticker.nowMs = floorTo(everyMs);
      for (const listener of ticker.listeners) listener();
    }, everyMs),
  };
  tickers.set(everyMs, ticker);
  return ticker;
}

function floorTo(everyMs: number): number {
  return Math.floor(Date.now() / everyMs) * everyMs;
}
