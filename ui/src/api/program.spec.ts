// What a page does when it loses the program, with a stand-in for the browser and one for the program: whom it believes, what it asks meanwhile, and whose session it locks.
import { expect, it, vi } from "vitest";
import { end, isOpenedElsewhere, json, LOST, MINUTE_MS, opened, opensAddress, pass, refused, settle, SILENT, world } from "./programStandIn";

vi.mock("./preferences", () => ({ lockAfterMs: () => MINUTE_MS }));

it("goes on with the session of another page after it has locked itself, and locks nobody", async () => {
  const page = await opened();
  end();
  await pass(5000);
  expect(page.phase()).toBe("offline");
  await pass(MINUTE_MS);
  expect(page.phase()).toBe("locked");
  expect(world.stored.size).toBe(0);
  world.isThere = true;
  await isOpenedElsewhere();
  // What it holds is still there.
  expect([page.phase(), world.reloads]).toEqual(["ready", 0]);
  expect(world.asked).not.toContain("POST /api/session/lock");
  // The next loss has a time of its own.
  end();
  await pass(5000);
  expect(page.phase()).toBe("offline");
});

it.each([["unauthorized", "noSession"], ["locked", "locked"]])("says after it has locked itself what the program says of its session: %s", async (code, phase) => {
  const page = await opened();
  end();
  await pass(5000 + MINUTE_MS);
  expect(page.phase()).toBe("locked");
  world.status = () => refused(code);
  world.isThere = true;
  await pass(5000);
  expect(page.phase()).toBe(phase);
  expect(world.asked).toContain("GET /api/status");
});

it("has the session locked that a person wanted locked, however late, and none that was opened since", async () => {
  world.lockAnswer = () => Promise.reject(LOST);
  const page = await opened();
  page.lock();
  await pass(5000);
  expect([page.phase(), world.stored.size]).toEqual(["locked", 1]);
  expect(world.asked).not.toContain("GET /api/status");
  world.lockAnswer = () => new Response(null, { status: 204 });
  world.status = () => refused("locked");
  await pass(5000);
  expect([page.phase(), world.stored.size]).toEqual(["locked", 0]);

  world.status = () => json({});
  world.lockAnswer = () => Promise.reject(LOST);
  const other = await opened();
  other.lock();
  await settle();
  end();
  world.lockAnswer = () => new Response(null, { status: 204 });
  await isOpenedElsewhere();
  expect([other.phase(), world.stored.size]).toEqual(["locked", 1]);
  world.asked = [];
  world.isThere = true;
  await pass(5000);
  world.sockets.at(-1)?.onopen?.();
  expect([other.phase(), world.stored.size]).toEqual(["ready", 0]);
  expect(world.asked).not.toContain("POST /api/session/lock");
});

it("takes silence for nobody and a wrong answer for another program, and is loaded anew for that alone", async () => {
  const page = await opened();
  world.sockets.at(-1)?.close();
  world.proof = SILENT;
  await opensAddress();
  expect([page.phase(), world.reloads, world.location.hash]).toEqual(["offline", 0, ""]);
  expect(new Set(world.asked)).toEqual(new Set(["POST /api/session/proof"]));
  // What was in the address is told once it is known whom.
  world.proof = "right";
  await pass(5000);
  world.sockets.at(-1)?.onopen?.();
  expect(page.phase()).toBe("ready");
  expect(world.asked).toContain("POST /api/session");

  world.sockets.at(-1)?.close();
  world.proof = "wrong";
  await pass(5000);
  expect([page.phase(), world.reloads]).toEqual(["other", 0]);
  await opensAddress();
  expect([world.reloads, world.location.hash]).toEqual([1, "#launch=secret"]);
});

it("is not loaded anew for an address of before, and forgets that where another program answers", async () => {
  const page = await opened();
  world.sockets.at(-1)?.close();
  world.proof = SILENT;
  await opensAddress();
  world.proof = "wrong";
  await pass(5000);
  expect([page.phase(), world.reloads]).toEqual(["other", 0]);
  world.proof = "right";
  await pass(5000);
  expect(world.asked).not.toContain("POST /api/session");
});

it("leaves the desktop standing for one more try while the live socket is open, and asks for a proof alone", async () => {
  const page = await opened();
  const failed = async () => {
    world.isThere = false;
    await page.request("GET", "/servers").catch(() => undefined);
    await settle();
    world.isThere = true;
    world.asked = [];
  };
  await failed();
  expect(page.phase()).toBe("ready");
  await page.request("GET", "/servers").catch(() => undefined);
  expect(world.asked).toEqual([]);
  await pass(250);
  expect(page.phase()).toBe("ready");
  expect(world.asked).toEqual(["POST /api/session/proof", "GET /api/status"]);

  await failed();
  world.proof = SILENT;
  await pass(250);
  expect(page.phase()).toBe("offline");
  expect(new Set(world.asked)).toEqual(new Set(["POST /api/session/proof"]));
  world.proof = "right";
  await pass(5000);
  expect(page.phase()).toBe("ready");

  world.proof = "wrong";
  await failed();
  await pass(250);
  expect(page.phase()).toBe("other");
});

it("tries again where a request is lost behind the proof", async () => {
  const page = await opened();
  world.status = () => Promise.reject(LOST);
  world.lockAnswer = () => Promise.reject(LOST);
  await page.request("POST", "/session/lock").catch(() => undefined);
  await settle();
  // Not at once, over and over.
  expect(world.asked.filter((what) => what === "GET /api/status")).toHaveLength(1);
  world.status = () => json({});
  await pass(250);
  expect(page.phase()).toBe("ready");
  expect(await page.request("GET", "/servers")).toEqual({});
});

it("believes the latest start, whichever is answered last", async () => {
  const page = await opened();
  world.sockets.at(-1)?.close();
  let answerOld: (response: Response) => void = () => undefined;
  world.status = () => new Promise((resolve) => (answerOld = resolve));
  await pass(250);
  world.status = () => json({});
  await isOpenedElsewhere();
  expect(page.phase()).toBe("ready");
  answerOld(refused("unauthorized"));
  await settle();
  expect(page.phase()).toBe("ready");
});

it("tries again where a page that is locked has a session and its socket does not open", async () => {
  const page = await opened();
  end();
  await pass(5000 + MINUTE_MS);
  world.isThere = true;
  await pass(5000);
  const before = world.sockets.length;
  world.sockets.at(-1)?.close();
  await pass(5000);
  expect(world.sockets.length).toBeGreaterThan(before);
  world.sockets.at(-1)?.onopen?.();
  expect(page.phase()).toBe("ready");
});

it("says so where the program answers and no live socket opens, and goes on once one does", async () => {
  const page = await opened();
  world.sockets.at(-1)?.close();
  const closed = async () => {
    await pass(5000);
    world.sockets.at(-1)?.close();
    return page.phase();
  };
  expect([await closed(), await closed(), await closed()]).toEqual(["starting", "blocked", "blocked"]);
  await pass(5000);
  world.sockets.at(-1)?.onopen?.();
  expect(page.phase()).toBe("ready");
  // The end of the program is no such case.
  end();
  await pass(5000);
  expect(page.phase()).toBe("offline");
});
