// A terminal's WebSocket in this browser, as little of it as is used, so that a test can stand in for it.

export interface BinarySocket {
  onopen: (() => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send: (data: Uint8Array<ArrayBuffer>) => void;
  close: () => void;
}

/** Opens the socket of one terminal; its messages are ArrayBuffers. */
export function openBinarySocket(terminal: string): BinarySocket {
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${window.location.host}/api/terminals/${encodeURIComponent(terminal)}/socket`);
  socket.binaryType = "arraybuffer";
  return socket as BinarySocket;
}
