// The page's side of a terminal's socket, against a stand-in for the program's.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BinarySocket } from "../../api/binarySocket";
import { decodeFrame, encodeAck, encodeInput, encodeResize, INPUT_CHUNK_BYTES, type Frame } from "./frames";
import { TerminalSocket, type SocketPhase } from "./terminalSocket";

class FakeSocket implements BinarySocket {
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  sent: number[][] = [];
  send(data: Uint8Array<ArrayBuffer>): void {
    this.sent.push([...data]);
  }
  close(): void {
    this.onclose?.({ code: 1000 });
  }
  receive(...bytes: number[]): void {
    this.onmessage?.({ data: Uint8Array.from(bytes).buffer });
  }
  receiveLong(length: number): void {
    this.onmessage?.({ data: new ArrayBuffer(length) });
  }
}

const bytes = (...values: number[]) => decodeFrame(Uint8Array.from(values).buffer);

describe("frames", () => {
  it("are read by their kind", () => {
    expect(bytes(0, 65, 66)).toEqual({ kind: "output", bytes: Uint8Array.of(65, 66) });
    expect(bytes(1, 0, 80, 0, 24, 0, 0, 0, 0, 0, 0, 1, 2, 27)).toEqual({
      kind: "repaint",
      columns: 80,
      rows: 24,
      firstLine: 258,
      bytes: Uint8Array.of(27),
    });
    expect(bytes(2, 1, 0, 0, 24, 65)).toEqual({ kind: "screen", columns: 256, rows: 24, bytes: Uint8Array.of(65) });
    const json = new TextEncoder().encode('{"type":"clipboard","text":"hé"}');
    expect(bytes(4, ...json)).toEqual({ kind: "event", event: { type: "clipboard", text: "hé" } });
  });

  it("that are cut short, empty or unknown are nothing", () => {
    for (const odd of [[], [1, 0, 80], [2, 0], [3], [4, 123], [9, 1, 2]]) expect(bytes(...odd)).toBeNull();
  });

  it("are written as the program reads them", () => {
    expect(encodeInput("é").map((frame) => Array.from(frame))).toEqual([[0, 0xc3, 0xa9]]);
    expect([...encodeResize(300, 24)]).toEqual([1, 1, 44, 0, 24]);
    expect([...encodeAck(65_537)]).toEqual([2, 0, 1, 0, 1]);
    expect(encodeInput("x".repeat(INPUT_CHUNK_BYTES + 1)).map((frame) => frame.length)).toEqual([INPUT_CHUNK_BYTES + 1, 2]);
    expect(encodeInput("")).toEqual([]);
  });
});

describe("the socket", () => {
  let sockets: FakeSocket[];
  let frames: { frame: Frame; done: () => void }[];
  let phases: SocketPhase[];
  let terminal: TerminalSocket;

  const last = () => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error("no socket yet");
    return socket;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    frames = [];
    phases = [];
    const open = () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    };
    terminal = new TerminalSocket(open, {
      onFrame: (frame, done) => frames.push({ frame, done }),
      onPhase: (phase) => phases.push(phase),
    });
    terminal.connect();
  });
  afterEach(() => vi.useRealTimers());

  it("says how far it is when nothing is left, and not for each frame before", () => {
    last().onopen?.();
    last().receiveLong(4000);
    last().receiveLong(1000);
    frames[0]?.done();
    expect(last().sent).toEqual([]);
    frames[1]?.done();
    expect(last().sent).toEqual([[...encodeAck(5000)]]);
  });

  it("sends nothing for the echo of a key, and counts it with what comes later", () => {
    last().onopen?.();
    last().receive(0, 65);
    frames[0]?.done();
    expect(last().sent).toEqual([]);
    last().receiveLong(5000);
    frames[1]?.done();
    expect(last().sent).toEqual([[...encodeAck(5002)]]);
  });

  it("says how far it is every 64 KB while more waits", () => {
    last().onopen?.();
    for (let count = 0; count < 3; count += 1) last().receiveLong(40_000);
    frames[0]?.done();
    frames[1]?.done();
    expect(last().sent).toEqual([[...encodeAck(80_000)]]);
  });

  it("does not count sizes and events", () => {
    last().onopen?.();
    last().receive(3, 0, 80, 0, 24);
    frames[0]?.done();
    expect(last().sent).toEqual([]);
  });

  it("comes back after a loss, ever more slowly, and quickly again once something came", () => {
    const waits = () => {
      last().onclose?.({ code: 1006 });
      const before = sockets.length;
      let waited = 0;
      while (sockets.length === before) {
        vi.advanceTimersByTime(50);
        waited += 50;
      }
      return waited;
    };
    expect([waits(), waits(), waits()]).toEqual([100, 200, 400]);
    last().onopen?.();
    last().receive(0, 65);
    expect(waits()).toBe(100);
    expect(phases).toContain("connecting");
  });

  it("says nothing of one connection's bytes to the next", () => {
    last().onopen?.();
    last().receive(0, 65);
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(100);
    last().onopen?.();
    frames[0]?.done();
    expect(last().sent).toEqual([]);
  });

  it("does not come back when the terminal is gone, or once it was closed", () => {
    last().onclose?.({ code: 4404 });
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    expect(phases).toEqual(["gone"]);
  });

  it("is silent after it was closed", () => {
    last().onopen?.();
    terminal.close();
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    expect(phases).toEqual(["open"]);
  });

  it("sends nothing before it is open", () => {
    terminal.input("ls");
    terminal.resize(80, 24);
    expect(last().sent).toEqual([]);
    last().onopen?.();
    terminal.input("ls");
    expect(last().sent).toEqual([[0, 108, 115]]);
  });
});
