// How fast a count grows, smoothed over a few seconds.

const SPAN_MS = 3000;
/** Over less the speed says nothing. */
const LEAST_MS = 400;

export class Rate {
  #samples: { atMs: number; value: number }[] = [];

  /** Takes a sample and gives the growth per second over the last seconds. */
  at(value: number, nowMs: number): number {
    const last = this.#samples.at(-1);
    // What was counted can be taken back: then it starts anew.
    if (last !== undefined && value < last.value) this.#samples = [];
    this.#samples.push({ atMs: nowMs, value });
    while (this.#samples.length > 2 && nowMs - (this.#samples[1]?.atMs ?? nowMs) > SPAN_MS) this.#samples.shift();
    const first = this.#samples[0];
    return first === undefined || nowMs - first.atMs < LEAST_MS ? 0 : ((value - first.value) / (nowMs - first.atMs)) * 1000;
  }
}
