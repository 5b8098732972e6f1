// Holds that a network that comes back tries those servers again that are waiting for it, and no other.
import { expect, it } from "vitest";
import { retryWhenOnline } from "./reconnectOnline";
import type { ConnectionState, Server } from "./types";

const ERROR = { code: "connectionLost", message: "gone", server: null, command: null, hint: null, requestId: null };
const LOST: ConnectionState = { status: "reconnecting", attempt: 3, retryAt: "2026-11-22T14:03:22Z", error: ERROR };
const server = (id: string, state: ConnectionState) => ({ id, state }) as Server;

it("tries at once whoever waits when the network comes back", () => {
  const network = new EventTarget();
  const tried: string[] = [];
  let servers = [server("a", LOST), server("b", { status: "disconnected" }), server("c", { status: "failed", error: ERROR }), server("d", { status: "connecting" })];
  const stop = retryWhenOnline(network, () => servers, (id) => tried.push(id));
  network.dispatchEvent(new Event("offline"));
  expect(tried).toEqual([]);
  network.dispatchEvent(new Event("online"));
  expect(tried).toEqual(["a"]);

  servers = [server("a", { status: "disconnected" }), server("b", LOST)];
  network.dispatchEvent(new Event("online"));
  expect(tried).toEqual(["a", "b"]);

  stop();
  network.dispatchEvent(new Event("online"));
  expect(tried).toEqual(["a", "b"]);
});
