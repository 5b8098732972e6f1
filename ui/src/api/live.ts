// The live socket: one WebSocket for every window; a question asked twice is sent once, and all of them are asked again when the socket opens anew.
import type { ErrorBody, LiveMessage, Reading, Server, Terminal } from "./types";

/** What is asked, and how often the program should look. */
export interface Subscription {
  server: string;
  query: string;
  args: unknown;
  everySeconds: number;
}

/** What the socket reports; called in the order of the messages. */
export interface LiveHandlers {
  onOpen: () => void;
  /** With the code that the socket was closed with. */
  onClosed: (code: number) => void;
  onServers: (servers: Server[]) => void;
  onTerminals: (terminals: Terminal[]) => void;
  onReading: (subscription: Subscription, reading: Reading<unknown>) => void;
  onChecked: (subscription: Subscription, takenAt: string) => void;
  onError: (subscription: Subscription, error: ErrorBody) => void;
}

/** The part of a browser's WebSocket that is used, so that a test can stand in for it. */
export interface SocketLike {
  onopen: (() => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send: (text: string) => void;
  close: () => void;
}

interface Entry {
  id: number;
  watchers: number;
  subscription: Subscription;
}

export class LiveSocket {
  #socket: SocketLike | null = null;
  #isOpen = false;
  #nextId = 1;
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly openSocket: () => SocketLike,
    private readonly handlers: LiveHandlers,
  ) {}

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens the socket; does nothing while one is open or opening. It does not reopen by itself. */
  connect(): void {
    if (this.#socket !== null) return;
    const socket = this.openSocket();
    this.#socket = socket;
    socket.onopen = () => {
      this.#isOpen = true;
      for (const entry of this.#entries.values()) this.#ask(entry);
      this.handlers.onOpen();
    };
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = ({ code }) => {
      this.#socket = null;
      this.#isOpen = false;
      this.handlers.onClosed(code);
    };
  }

  /** Closes it; what is asked is asked again when it opens anew. */
  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    // A browser complains about a socket that is closed before it was open.
    socket.onopen = () => socket.close();
    if (this.#isOpen) socket.close();
    this.#isOpen = false;
  }

  /** Asks until the returned function is called. */
  subscribe(subscription: Subscription): () => void {
    const key = JSON.stringify([subscription.server, subscription.query, subscription.args]);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { id: this.#nextId, watchers: 0, subscription };
      this.#nextId += 1;
      this.#entries.set(key, entry);
      this.#ask(entry);
    }
    const watched = entry;
    watched.watchers += 1;
    let isWatching = true;
    return () => {
      if (!isWatching) return;
      isWatching = false;
      watched.watchers -= 1;
      if (watched.watchers > 0) return;
      this.#entries.delete(key);
      this.#send({ type: "unsubscribe", id: watched.id });
    };
  }

  #ask(entry: Entry): void {
    this.#send({ type: "subscribe", id: entry.id, ...entry.subscription });
  }

  #send(message: object): void {
    if (this.#isOpen) this.#socket?.send(JSON.stringify(message));
  }

  #receive(data: unknown): void {
    const message = parseMessage(data);
    if (message === null) return;
    if (message.type === "servers") {
      this.handlers.onServers(message.servers);
      return;
    }
    if (message.type === "terminals") {
      this.handlers.onTerminals(message.terminals);
      return;
    }
    // A message that crossed our unsubscribe on the way has no entry any more.
    const entry = [...this.#entries.values()].find((candidate) => candidate.id === message.id);
    if (entry === undefined) return;
    if (message.type === "reading") this.handlers.onReading(entry.subscription, message.reading);
    if (message.type === "checked") this.handlers.onChecked(entry.subscription, message.takenAt);
    if (message.type === "error") this.handlers.onError(entry.subscription, message.error);
  }
}

function parseMessage(data: unknown): LiveMessage | null {
  if (typeof data !== "string") return null;
  try {
    const parsed: unknown = JSON.parse(data);
    const isMessage = typeof parsed === "object" && parsed !== null && "type" in parsed;
    return isMessage ? (parsed as LiveMessage) : null;
  } catch {
    return null;
  }
}
