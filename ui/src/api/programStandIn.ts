// What the tests of program.ts stand on: a stand-in for the browser and one for the program. Each of them has "./preferences" lock after MINUTE_MS.
import { afterEach, beforeEach, expect, vi } from "vitest";

export const MINUTE_MS = 60_000;
export const LOST = new TypeError("Failed to fetch");
export const SILENT = new DOMException("The operation timed out.", "TimeoutError");

type Answer = () => Promise<Response> | Response;

const location = { hash: "", pathname: "/", protocol: "http:", host: "127.0.0.1:1", reload: () => (world.reloads += 1) };

/** How the program answers what is asked, where an error is what the browser throws; and what the page has done. */
export const world = {
  proof: "right" as "right" | "wrong" | Error,
  isThere: true,
  home: (() => json({})) as Answer,
  status: (() => json({})) as Answer,
  lockAnswer: (() => json({})) as Answer,
  asked: [] as string[],
  /** What of it could come with the cookie. */
  told: [] as string[],
  stored: new Map<string, string>(),
  reloads: 0,
  sockets: [] as StandInSocket[],
  channel: { onmessage: null as (() => void) | null },
  listeners: new Map<string, () => void>(),
  location,
};

class StandInSocket {
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() {
    world.sockets.push(this);
  }
  send(): void {
    // What is asked over it is held by the tests of live.ts.
  }
  close(): void {
    this.onclose?.({ code: 1006 });
  }
}

export const json = (body: unknown, code = 200) => Response.json(body, { status: code });
export const refused = (code: string) => json({ error: { code, message: code } }, 401);

/** The browser's own works beside the page, for a time that no test knows; here a proof is right that begins with a one. */
const subtle = {
  importKey: () => Promise.resolve({}),
  verify: (_: string, __: unknown, signed: Uint8Array) => Promise.resolve(signed[0] === 1),
};

function prove(): Response {
  if (world.proof instanceof Error) throw world.proof;
  return json({ proof: world.proof === "right" ? "01" : "00" });
}

async function answer(url: string, init: RequestInit): Promise<Response> {
  const what = `${init.method ?? "GET"} ${url}`;
  world.asked.push(what);
  if (init.credentials !== "omit") world.told.push(what);
  if (!world.isThere) throw LOST;
  if (what === "GET /") return world.home();
  if (what === "POST /api/session/proof") return prove();
  if (what === "POST /api/session/lock") return world.lockAnswer();
  if (what === "GET /api/status") return world.status();
  if (what === "GET /api/session/identity") return json({ key: "k" });
  return what === "POST /api/session" ? new Response(null, { status: 204 }) : json({});
}

/** Lets everything that needs no clock come to its end. */
export async function settle(turns = 40): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (turns > 0) await settle(turns - 1);
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

/** A page that is loaded anew, and whose first start has been answered or not. */
export async function loaded() {
  vi.resetModules();
  const program = await import("./program");
  const { request } = await import("./client");
  void program.startProgram();
  await settle();
  world.sockets.at(-1)?.onopen?.();
  [world.asked, world.told] = [[], []];
  return { ...program, phase: () => program.useProgram.getState().phase, request };
}

/** The same with its desktop. */
export async function opened() {
  const page = await loaded();
  expect(page.phase()).toBe("ready");
  return page;
}

export function end(): void {
  world.isThere = false;
  world.sockets.at(-1)?.close();
}

export async function isOpenedElsewhere(): Promise<void> {
  world.channel.onmessage?.();
  await settle();
  world.sockets.at(-1)?.onopen?.();
}

/** Its person opens a launch address in it. */
export async function opensAddress(): Promise<void> {
  location.hash = "#launch=secret";
  world.listeners.get("hashchange")?.();
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  Object.assign(world, { proof: "right", isThere: true, reloads: 0, asked: [], told: [], sockets: [], stored: new Map(), listeners: new Map() });
  world.home = () => new Response("a page");
  world.status = () => json({});
  world.lockAnswer = () => new Response(null, { status: 204 });
  world.channel = { onmessage: null };
  location.hash = "";
  vi.stubGlobal("window", {
    location,
    crypto: { getRandomValues: (drawn: Uint8Array) => drawn, subtle },
    history: { replaceState: (_: unknown, __: string, path: string) => (location.hash = /#.*/.exec(path)?.[0] ?? "") },
    sessionStorage: { getItem: (key: string) => world.stored.get(key) ?? null, setItem: (key: string, value: string) => world.stored.set(key, value), removeItem: (key: string) => world.stored.delete(key) },
    addEventListener: (name: string, listener: () => void) => world.listeners.set(name, listener),
    setTimeout: (then: () => void, ms: number) => setTimeout(then, ms),
    clearTimeout: (timer: number) => clearTimeout(timer),
  });
  vi.stubGlobal("fetch", answer);
  vi.stubGlobal("WebSocket", StandInSocket);
  vi.stubGlobal("BroadcastChannel", function BroadcastChannel() {
    return Object.assign(world.channel, { postMessage: () => undefined });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
