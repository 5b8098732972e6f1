// Whether the program was left as it was: its state, and how many requests passed its guard.
import { expect } from "@playwright/test";
import type { Program } from "./program.ts";
import { send, signIn } from "./raw.ts";

const STATE = ["servers", "preferences", "snippets", "terminals", "recordings", "activity"];

/** Begins to watch, as a session of its own; gives what says what happened since. */
export async function watchProgram(program: Program): Promise<{ passed: () => Promise<number>; refused: () => number; isAsBefore: () => Promise<void> }> {
  const cookie = await signIn(program);
  const get = (path: string) => send(program, "GET", `/api/${path}`, { Cookie: cookie });
  const state = async () => Object.fromEntries(await Promise.all(STATE.map(async (path) => [path, withoutMoments(path, (await get(path)).body)] as const)));
  // Each request has the next number, and each that is refused a line in the log.
  const number = async () => Number(String((await get("status")).headers["x-request-id"]).slice(1));
  // What a page that was left had still under way must not count.
  let last = NaN;
  const isQuiet = async () => {
    const before = last;
    last = await number();
    return last === before + 1;
  };
  await expect.poll(isQuiet, { intervals: [500] }).toBe(true);
  const refusals = () => program.log().split("\n").filter((line) => line.includes("refused: ")).length;
  const before = { state: await state(), refused: refusals(), number: await number() };
  return {
    passed: async () => {
      const all = (await number()) - before.number - 1;
      let passed = NaN;
      // The log comes by a pipe.
      await expect.poll(() => (passed = all - (refusals() - before.refused))).toBeLessThanOrEqual(0).catch(() => undefined);
      return passed;
    },
    refused: () => refusals() - before.refused,
    isAsBefore: async () => expect(await state()).toEqual(before.state),
  };
}

/** A server's state counts by its word alone: the rest of it may go on by itself. */
function withoutMoments(path: string, body: string): unknown {
  if (path !== "servers") return body;
  const { servers } = JSON.parse(body) as { servers: { state: { status: string } }[] };
  return servers.map((server) => ({ ...server, state: server.state.status }));
}
