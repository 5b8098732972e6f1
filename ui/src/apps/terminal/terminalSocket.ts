// One terminal's socket: opens it, opens it again when it is lost, and tells the program how far the page has come. No state outlives a loss, as the program begins each time with a repaint.
import type { BinarySocket } from "../../api/binarySocket";
import { decodeFrame, encodeAck, encodeInput, encodeResize, type Frame } from "./frames";

/** `gone`: the program has no such terminal (any more). */
export type SocketPhase = "connecting" | "open" | "gone";

export interface SocketHandlers {
  /** `done` is to be called when the frame has been worked through. */
  onFrame: (frame: Frame, done: () => void) => void;
  onPhase: (phase: SocketPhase) => void;
}

const ACK_EVERY_BYTES = 64 * 1024;
/** What is not worth a message of its own: the echo of a key. */
const SMALL_BYTES = 4 * 1024;
const GONE_CODE = 4404;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 4000;

export class TerminalSocket {
  #socket: BinarySocket | null = null;
  #isOpen = false;
  #isClosed = false;
  #retryMs = FIRST_RETRY_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly openSocket: () => BinarySocket,
    private readonly handlers: SocketHandlers,
  ) {}

  connect(): void {
    if (this.#socket !== null || this.#isClosed) return;
    const socket = this.openSocket();
    this.#socket = socket;
    const progress = new Progress((count) => void this.#send(socket, encodeAck(count)));
    socket.onopen = () => {
      this.#isOpen = true;
      this.handlers.onPhase("open");
    };
    socket.onmessage = ({ data }) => {
      if (!(data instanceof ArrayBuffer)) return;
      const frame = decodeFrame(data);
      if (frame === null) return;
      this.#retryMs = FIRST_RETRY_MS;
      const isCounted = frame.kind === "output" || frame.kind === "repaint" || frame.kind === "screen";
      if (isCounted) progress.came(data.byteLength);
      this.handlers.onFrame(frame, () => isCounted && progress.worked(data.byteLength));
    };
    socket.onclose = ({ code }) => this.#lost(socket, code);
  }

  /** What was typed; while there is no connection it goes nowhere, as it would come to a shell that nobody sees. */
  input(data: string | Uint8Array): void {
    if (this.#socket === null) return;
    for (const frame of encodeInput(data)) this.#send(this.#socket, frame);
  }

  /** False where nobody could be told. */
  resize(columns: number, rows: number): boolean {
    return this.#socket !== null && this.#send(this.#socket, encodeResize(columns, rows));
  }

  /** Ends it for good; no handler is called any more. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    // A browser complains about a socket that is closed before it was open.
    socket.onopen = () => socket.close();
    if (this.#isOpen) socket.close();
  }

  #lost(socket: BinarySocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    this.#isOpen = false;
    if (code === GONE_CODE) {
      this.#isClosed = true;
      this.handlers.onPhase("gone");
      return;
    }
    this.handlers.onPhase("connecting");
    this.#timer = setTimeout(() => this.connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  #send(socket: BinarySocket, frame: Uint8Array<ArrayBuffer>): boolean {
    if (!this.#isOpen || socket !== this.#socket) return false;
    socket.send(frame);
    return true;
  }
}

/** How far one connection's frames have been worked through; says so every 64 KB and when nothing is left, unless that is little. */
class Progress {
  #waiting = 0;
  #unsaid = 0;

  constructor(private readonly say: (count: number) => void) {}

  came(count: number): void {
    this.#waiting += count;
  }

  worked(count: number): void {
    this.#waiting -= count;
    this.#unsaid += count;
    if (this.#unsaid < (this.#waiting > 0 ? ACK_EVERY_BYTES : SMALL_BYTES)) return;
    this.say(this.#unsaid);
    this.#unsaid = 0;
  }
}
