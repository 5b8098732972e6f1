// A terminal's WebSocket in this browser, as little of it as is used, so that a test can stand in for it.
import { isTrusted } from "./identity";
import type { SocketLike } from "./live";

export interface BinarySocket {
  onopen: (() => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send: (data: Uint8Array<ArrayBuffer>) => void;
  close: () => void;
}

/** Of a program that may be another by now: what is sent goes nowhere, and what it says is not shown. */
export function closedSocket(): BinarySocket & SocketLike {
  const socket: BinarySocket & SocketLike = { onopen: null, onclose: null, onmessage: null, send: () => undefined, close: () => undefined };
  window.setTimeout(() => socket.onclose?.({ code: 1006 }));
  return socket;
}

/** Opens the socket of one terminal; its messages are ArrayBuffers. */
export function openBinarySocket(terminal: string): BinarySocket {
  if (!isTrusted()) return closedSocket();
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${window.location.host}/api/terminals/${encodeURIComponent(terminal)}/socket`);
  socket.binaryType = "arraybuffer";
  return socket as BinarySocket;
}
