// A terminal in a page, as the benchmark uses it: by keys alone, its xterm only read.

import { sleep } from "./sleep.mjs";

/** Ends with no digit or quote, so that the line that sets it does not look like it. */
export const PROMPT = "ready>";
const PATIENCE_MS = 30_000;

export class View {
  /** `findTerm` runs in the page and gives its xterm, or null while there is none. */
  constructor(page, findTerm) {
    this.page = page;
    this.findTerm = findTerm;
  }

  /** Waits for the terminal and its shell's first words. */
  async attach() {
    if (!(await this.isThere(PATIENCE_MS))) throw new Error(`no terminal within ${PATIENCE_MS / 1000} s`);
    await this.focus();
    await this.begin("anything");
    await this.ended();
  }

  /** Asked again and again from here: a page's policy may forbid to wait inside it. */
  async isThere(patienceMs) {
    for (const endMs = performance.now() + patienceMs; performance.now() < endMs; await sleep(20)) {
      if (await this.page.evaluate(`(bench.term = (${this.findTerm})()) !== null`)) return true;
    }
    return false;
  }

  /** Gives the shell a prompt that is known, and no history. */
  async prepare() {
    await this.begin("prompt");
    await this.run(`unset HISTFILE PROMPT_COMMAND; PS1='rea''dy> '`);
    await this.ended();
  }

  /** With the pointer over it, where a person has left it. */
  async focus() {
    const [x, y] = await this.page.evaluate(() => {
      bench.term.focus();
      const { left, top, width, height } = bench.term.element.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    });
    await this.page.mouse.move(x, y);
  }

  async size() {
    return this.page.evaluate(() => ({ columns: bench.term.cols, rows: bench.term.rows }));
  }

  async begin(condition, wanted = null, patienceMs = PATIENCE_MS) {
    await this.page.evaluate(([condition, wanted, patienceMs]) => bench.begin(condition, wanted, patienceMs), [condition, wanted, patienceMs]);
  }

  /** When what `begin` waits for was so: `nowMs` on the page's clock, `dateMs` since 1970. */
  async ended() {
    return this.page.evaluate(() => bench.ended());
  }

  async run(command) {
    await this.page.keyboard.type(command);
    await this.page.keyboard.press("Enter");
  }

  /** Presses keys one by one, each when the last has come back; gives how long each took, in ms. */
  async echoes(count) {
    await this.run("cat");
    await this.page.waitForTimeout(500);
    const took = [];
    for (let pressed = 0; pressed < count; pressed += 1) {
      await this.page.evaluate(() => bench.beginEcho());
      await this.page.keyboard.press(String.fromCharCode(97 + (pressed % 26)));
      took.push(await this.page.evaluate(() => bench.echoed()));
      // Unevenly, so that no beat of the page or of the link fits each time.
      await this.page.waitForTimeout(10 + ((pressed * 7) % 23));
      if (pressed % 40 === 39) {
        await this.page.keyboard.press("Enter");
        await this.page.waitForTimeout(300);
      }
    }
    await this.begin("prompt");
    await this.page.keyboard.press("Control+c");
    await this.ended();
    return took;
  }
}
