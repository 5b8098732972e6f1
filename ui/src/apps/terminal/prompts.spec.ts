// Where prompts are costs xterm something for each line, never for each mark that a program prints.
import { Terminal } from "@xterm/xterm";
import { expect, it } from "vitest";
import { Prompts } from "./prompts";

const PROMPT = "\u001b]133;A\u001b\\";

/** The markers that xterm keeps once this was printed, and the prompts. */
async function after(text: string, scrollback = 100) {
  const term = new Terminal({ allowProposedApi: true, cols: 20, rows: 5, scrollback });
  const prompts = new Prompts(term);
  await new Promise<void>((done) => term.write(text, done));
  return { term, prompts, markers: term.markers.length };
}

it("keeps one marker for a line, however often a prompt begins there", async () => {
  const { markers } = await after(`$ ${PROMPT}`.repeat(3) + `\r${PROMPT}`.repeat(1000));
  expect(markers).toBe(1);
});

it("lets go of the markers of lines that a program went back over", async () => {
  const { markers } = await after(`\u001b[H${PROMPT}a\r\n${PROMPT}b\r\n${PROMPT}c`.repeat(1000));
  expect(markers).toBe(3);
});

it("keeps the newest of very many", async () => {
  const { markers, prompts, term } = await after(`${PROMPT}$\r\n`.repeat(6000), 10_000);
  expect(markers).toBe(5000);
  expect(prompts.go("previous")).toBe(true);
  expect(term.buffer.active.viewportY).toBe(5995);
});

it("lets go of all before a repaint", async () => {
  const { prompts, term } = await after(`${PROMPT}$\r\n`.repeat(10));
  prompts.clear();
  expect(term.markers).toHaveLength(0);
  expect(prompts.go("previous")).toBe(false);
});
