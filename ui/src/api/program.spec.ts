// What a page does when it loses the program, with a stand-in for the browser and one for the program: whom it believes, what it asks meanwhile, and whose session it locks.
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const MINUTE_MS = 60_000;
vi.mock("./preferences", () => ({ lockAfterMs: () => MINUTE_MS }));

const LOST = new TypeError("Failed to fetch");
const SILENT = new DOMException("The operation timed out.", "TimeoutError");

/** How the program answers what is asked; an error is what the browser throws. */
let proof: "right" | "wrong" | Error;
let isThere: boolean;
let status: () => Promise<Response> | Response;
let lockAnswer: () => Promise<Response> | Response;
let asked: string[];
let stored: Map<string, string>;
let reloads: number;
let sockets: StandInSocket[];
let channel: { onmessage: (() => void) | null };
let listeners: Map<string, () => void>;
const location = { hash: "", pathname: "/", protocol: "http:", host: "127.0.0.1:1", reload: () => (reloads += 1) };

class StandInSocket {
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() {
    sockets.push(this);
  }
  send(): void {
    // What is asked over it is held by the tests of live.ts.
  }
  close(): void {
    this.onclose?.({ code: 1006 });
  }
}

const json = (body: unknown, code = 200) => Response.json(body, { status: code });
const refused = (code: string) => json({ error: { code, message: code } }, 401);

/** The browser's own works beside the page, for a time that no test knows; here a proof is right that begins with a one. */
const subtle = {
  importKey: () => Promise.resolve({}),
  verify: (_: string, __: unknown, signed: Uint8Array) => Promise.resolve(signed[0] === 1),
};

function prove(): Response {
  if (proof instanceof Error) throw proof;
  return json({ proof: proof === "right" ? "01" : "00" });
}

async function answer(url: string, init: RequestInit): Promise<Response> {
  const what = `${init.method ?? "GET"} ${url}`;
  asked.push(what);
  if (!isThere) throw LOST;
  if (what === "POST /api/session/proof") return prove();
  if (what === "POST /api/session/lock") return lockAnswer();
  if (what === "GET /api/status") return status();
  if (what === "GET /api/session/identity") return json({ key: "k" });
  return what === "POST /api/session" ? new Response(null, { status: 204 }) : json({});
}

/** Lets everything that needs no clock come to its end. */
async function settle(turns = 40): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (turns > 0) await settle(turns - 1);
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

/** A page that is loaded anew and has its desktop. */
async function opened() {
  vi.resetModules();
  const program = await import("./program");
  const { request } = await import("./client");
  void program.startProgram();
  await settle();
  sockets.at(-1)?.onopen?.();
  const phase = () => program.useProgram.getState().phase;
  expect(phase()).toBe("ready");
  asked = [];
  return { ...program, phase, request };
}

function end(): void {
  isThere = false;
  sockets.at(-1)?.close();
}

async function isOpenedElsewhere(): Promise<void> {
  channel.onmessage?.();
  await settle();
  sockets.at(-1)?.onopen?.();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  [proof, isThere, reloads, asked, sockets, stored, listeners] = ["right", true, 0, [], [], new Map(), new Map()];
  status = () => json({});
  lockAnswer = () => new Response(null, { status: 204 });
  channel = { onmessage: null };
  location.hash = "";
  vi.stubGlobal("window", {
    location,
    crypto: { getRandomValues: (drawn: Uint8Array) => drawn, subtle },
    history: { replaceState: (_: unknown, __: string, path: string) => (location.hash = /#.*/.exec(path)?.[0] ?? "") },
    sessionStorage: { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value), removeItem: (key: string) => stored.delete(key) },
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
    setTimeout: (then: () => void, ms: number) => setTimeout(then, ms),
    clearTimeout: (timer: number) => clearTimeout(timer),
  });
  vi.stubGlobal("fetch", answer);
  vi.stubGlobal("WebSocket", StandInSocket);
  vi.stubGlobal("BroadcastChannel", function BroadcastChannel() {
    return Object.assign(channel, { postMessage: () => undefined });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("goes on with the session of another page after it has locked itself, and locks nobody", async () => {
  const page = await opened();
  end();
  await pass(5000);
  expect(page.phase()).toBe("offline");
  await pass(MINUTE_MS);
  expect(page.phase()).toBe("locked");
  expect(stored.size).toBe(0);
  isThere = true;
  await isOpenedElsewhere();
  expect(page.phase()).toBe("ready");
  expect(asked).not.toContain("POST /api/session/lock");
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
  status = () => refused(code);
  isThere = true;
  await pass(5000);
  expect(page.phase()).toBe(phase);
  expect(asked).toContain("GET /api/status");
});

it("has the session locked that a person wanted locked, however late, and none that was opened since", async () => {
  lockAnswer = () => Promise.reject(LOST);
  const page = await opened();
  page.lock();
  await pass(5000);
  expect([page.phase(), stored.size]).toEqual(["locked", 1]);
  expect(asked).not.toContain("GET /api/status");
  lockAnswer = () => new Response(null, { status: 204 });
  status = () => refused("locked");
  await pass(5000);
  expect([page.phase(), stored.size]).toEqual(["locked", 0]);

  status = () => json({});
  lockAnswer = () => Promise.reject(LOST);
  const other = await opened();
  other.lock();
  await settle();
  end();
  lockAnswer = () => new Response(null, { status: 204 });
  await isOpenedElsewhere();
  expect([other.phase(), stored.size]).toEqual(["locked", 1]);
  asked = [];
  isThere = true;
  await pass(5000);
  sockets.at(-1)?.onopen?.();
  expect([other.phase(), stored.size]).toEqual(["ready", 0]);
  expect(asked).not.toContain("POST /api/session/lock");
});

it("takes silence for nobody and a wrong answer for another program, and is loaded anew for that alone", async () => {
  const page = await opened();
  sockets.at(-1)?.close();
  proof = SILENT;
  location.hash = "#launch=secret";
  listeners.get("hashchange")?.();
  await settle();
  expect([page.phase(), reloads, location.hash]).toEqual(["offline", 0, ""]);
  expect(new Set(asked)).toEqual(new Set(["POST /api/session/proof"]));
  // What was in the address is told once it is known whom.
  proof = "right";
  await pass(5000);
  sockets.at(-1)?.onopen?.();
  expect(page.phase()).toBe("ready");
  expect(asked).toContain("POST /api/session");

  sockets.at(-1)?.close();
  proof = "wrong";
  await pass(5000);
  expect([page.phase(), reloads]).toEqual(["other", 0]);
  location.hash = "#launch=secret";
  listeners.get("hashchange")?.();
  await settle();
  expect([reloads, location.hash]).toEqual([1, "#launch=secret"]);
});

it("is not loaded anew for an address of before, and forgets that where another program answers", async () => {
  const page = await opened();
  sockets.at(-1)?.close();
  proof = SILENT;
  location.hash = "#launch=secret";
  listeners.get("hashchange")?.();
  await settle();
  proof = "wrong";
  await pass(5000);
  expect([page.phase(), reloads]).toEqual(["other", 0]);
  proof = "right";
  await pass(5000);
  expect(asked).not.toContain("POST /api/session");
});

it("leaves the desktop standing for one more try while the live socket is open, and asks for a proof alone", async () => {
  const page = await opened();
  const failed = async () => {
    isThere = false;
    await page.request("GET", "/servers").catch(() => undefined);
    await settle();
    isThere = true;
    asked = [];
  };
  await failed();
  expect(page.phase()).toBe("ready");
  await page.request("GET", "/servers").catch(() => undefined);
  expect(asked).toEqual([]);
  await pass(250);
  expect(page.phase()).toBe("ready");
  expect(asked).toEqual(["POST /api/session/proof", "GET /api/status"]);

  await failed();
  proof = SILENT;
  await pass(250);
  expect(page.phase()).toBe("offline");
  expect(new Set(asked)).toEqual(new Set(["POST /api/session/proof"]));
  proof = "right";
  await pass(5000);
  expect(page.phase()).toBe("ready");

  proof = "wrong";
  await failed();
  await pass(250);
  expect(page.phase()).toBe("other");
});

it("tries again where a request is lost behind the proof", async () => {
  const page = await opened();
  status = () => Promise.reject(LOST);
  lockAnswer = () => Promise.reject(LOST);
  await page.request("POST", "/session/lock").catch(() => undefined);
  await settle();
  // Not at once, over and over.
  expect(asked.filter((what) => what === "GET /api/status")).toHaveLength(1);
  status = () => json({});
  await pass(250);
  expect(page.phase()).toBe("ready");
  expect(await page.request("GET", "/servers")).toEqual({});
});

it("believes the latest start, whichever is answered last", async () => {
  const page = await opened();
  sockets.at(-1)?.close();
  let answerOld: (response: Response) => void = () => undefined;
  status = () => new Promise((resolve) => (answerOld = resolve));
  await pass(250);
  status = () => json({});
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
  isThere = true;
  await pass(5000);
  const before = sockets.length;
  sockets.at(-1)?.close();
  await pass(5000);
  expect(sockets.length).toBeGreaterThan(before);
  sockets.at(-1)?.onopen?.();
  expect(page.phase()).toBe("ready");
});

it("says so where the program answers and no live socket opens, and goes on once one does", async () => {
  const page = await opened();
  sockets.at(-1)?.close();
  const words: string[] = [];
  for (let time = 0; time < 3; time += 1) {
    await pass(5000);
    sockets.at(-1)?.close();
    words.push(page.phase());
  }
  expect(words).toEqual(["starting", "blocked", "blocked"]);
  await pass(5000);
  sockets.at(-1)?.onopen?.();
  expect(page.phase()).toBe("ready");
  // The end of the program is no such case.
  end();
  await pass(5000);
  expect(page.phase()).toBe("offline");
});
