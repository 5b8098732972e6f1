// What a page does that never learned who its program is, as it was loaded while it was locked, had no session or met nobody: it tells its session to nobody later, and is loaded anew instead.
import { expect, it, vi } from "vitest";
import { isOpenedElsewhere, json, loaded, LOST, MINUTE_MS, opensAddress, pass, refused, settle, world } from "./programStandIn";

vi.mock("./preferences", () => ({ lockAfterMs: () => MINUTE_MS }));

it.each([
  ["locked", () => refused("locked")],
  ["noSession", () => refused("unauthorized")],
  ["offline", () => Promise.reject(LOST)],
  ["starting", () => new Promise<Response>(() => undefined)],
] as const)("is loaded anew for a session of another page where it never knew its program, and tells nobody its own: %s", async (phase, answered) => {
  world.status = answered;
  const page = await loaded();
  expect(page.phase()).toBe(phase);
  // Whoever answers by now.
  world.status = () => json({});
  await isOpenedElsewhere();
  expect([world.reloads, world.told, world.sockets]).toEqual([1, [], []]);
});

it.each([["unauthorized", "noSession"], ["locked", "locked"]])("is not loaded anew by itself where the program has said what it says of its session: %s", async (code, phase) => {
  world.status = () => refused(code);
  const page = await loaded();
  await pass(2 * MINUTE_MS);
  expect([page.phase(), world.reloads, world.asked]).toEqual([phase, 0, []]);
});

it("asks only whether somebody answers where it never knew its program, and is loaded anew once", async () => {
  world.isThere = false;
  const page = await loaded();
  await pass(20_000);
  expect(page.phase()).toBe("offline");
  await pass(MINUTE_MS);
  expect([page.phase(), world.reloads, world.told]).toEqual(["locked", 0, []]);
  expect(new Set(world.asked)).toEqual(new Set(["GET /"]));
  world.isThere = true;
  await pass(5000);
  expect(world.reloads).toBe(1);
  await pass(MINUTE_MS);
  expect([world.reloads, world.told, world.sockets]).toEqual([1, [], []]);
});

it("is not loaded anew a few times a second where somebody answers and its start fails", async () => {
  world.status = () => Promise.reject(LOST);
  await loaded();
  await pass(3000);
  expect([world.reloads, world.asked]).toEqual([0, []]);
});

it("goes on with an address that is opened in it while it asks whether somebody answers", async () => {
  world.isThere = false;
  const page = await loaded();
  world.isThere = true;
  let answerHome: (response: Response) => void = () => undefined;
  world.home = () => new Promise((resolve) => (answerHome = resolve));
  await pass(5000);
  await opensAddress();
  answerHome(new Response("a page"));
  await settle();
  world.sockets.at(-1)?.onopen?.();
  expect([page.phase(), world.reloads]).toEqual(["ready", 0]);
});

it("is loaded anew over a wish to be locked and keeps it, unless another page has a session since", async () => {
  world.stored.set("headlessos.lock", "");
  world.lockAnswer = () => Promise.reject(LOST);
  const page = await loaded();
  await pass(5000);
  expect([page.phase(), world.reloads, world.told, world.stored.size]).toEqual(["locked", 1, [], 1]);

  await loaded();
  await isOpenedElsewhere();
  expect([world.reloads, world.told, world.stored.size]).toEqual([2, [], 0]);
  world.lockAnswer = () => new Response(null, { status: 204 });
  expect((await loaded()).phase()).toBe("ready");
});
