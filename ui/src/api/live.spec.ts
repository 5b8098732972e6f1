// Holds the socket's promises with a stand-in socket: one subscription per question, asked again after a loss.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LiveSocket, type LiveHandlers, type SocketLike } from "./live";

class StandInSocket implements SocketLike {
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  sent: unknown[] = [];
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.onclose?.({ code: 1006 });
  }
  receive(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const cpu = { server: "web1", query: "system.cpu", args: {}, everySeconds: 2 };

describe("LiveSocket", () => {
  let sockets: StandInSocket[];
  let handlers: { [Name in keyof LiveHandlers]: ReturnType<typeof vi.fn<LiveHandlers[Name]>> };
  let live: LiveSocket;
  const last = (): StandInSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  };

  beforeEach(() => {
    sockets = [];
    handlers = { onOpen: vi.fn(), onClosed: vi.fn(), onServers: vi.fn(), onTerminals: vi.fn(), onReading: vi.fn(), onChecked: vi.fn(), onError: vi.fn() };
    live = new LiveSocket(() => {
      const socket = new StandInSocket();
      sockets.push(socket);
      return socket;
    }, handlers);
  });

  it("asks once for two watchers and stops with the last of them", () => {
    live.connect();
    last().onopen?.();
    const stopFirst = live.subscribe(cpu);
    const stopSecond = live.subscribe({ ...cpu });
    expect(last().sent).toEqual([{ type: "subscribe", id: 1, ...cpu }]);
    stopFirst();
    stopFirst();
    expect(last().sent).toHaveLength(1);
    stopSecond();
    expect(last().sent.at(-1)).toEqual({ type: "unsubscribe", id: 1 });
  });

  it("asks again when the socket opens anew", () => {
    live.subscribe(cpu);
    live.connect();
    expect(last().sent).toEqual([]);
    last().onopen?.();
    last().close();
    expect(handlers.onClosed).toHaveBeenCalledOnce();
    live.connect();
    last().onopen?.();
    expect(sockets).toHaveLength(2);
    expect(last().sent).toEqual([{ type: "subscribe", id: 1, ...cpu }]);
  });

  it("hears nothing more of a socket that it closed itself", () => {
    live.subscribe(cpu);
    live.connect();
    last().onopen?.();
    const heard = last();
    live.close();
    expect(heard.onmessage).toBeNull();
    expect(handlers.onClosed).not.toHaveBeenCalled();
    live.connect();
    last().onopen?.();
    expect(sockets).toHaveLength(2);
    expect(last().sent).toEqual([{ type: "subscribe", id: 1, ...cpu }]);
  });

  it("opens one socket only", () => {
    live.connect();
    live.connect();
    expect(sockets).toHaveLength(1);
  });

  it("hands each message to its question and drops what nobody asked", () => {
    live.connect();
    last().onopen?.();
    const stop = live.subscribe(cpu);
    last().receive({ type: "checked", id: 1, takenAt: "2026-11-22T12:00:00Z" });
    expect(handlers.onChecked).toHaveBeenCalledWith(cpu, "2026-11-22T12:00:00Z");
    stop();
    last().receive({ type: "checked", id: 1, takenAt: "2026-11-22T12:00:02Z" });
    last().onmessage?.({ data: "not json" });
    last().onmessage?.({ data: "null" });
    last().onmessage?.({ data: new ArrayBuffer(2) });
    expect(handlers.onChecked).toHaveBeenCalledOnce();
  });
});
