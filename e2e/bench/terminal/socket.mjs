// A WebSocket client as small as the benchmark needs it, so that a terminal's stream is measured without a browser; it speaks to loopback servers alone.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";

const OPCODE = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** Opens one; `onMessage` gets each message's bytes, and the way to answer. */
export async function openSocket({ port, path, headers = {}, onMessage }) {
  const stream = connect({ host: "127.0.0.1", port, noDelay: true });
  const lines = Object.entries({
    Host: `127.0.0.1:${port}`,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  stream.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);

  const reader = new Reader();
  const closed = new Promise((resolve) => stream.once("close", resolve));
  const send = (payload, opcode = typeof payload === "string" ? OPCODE.text : OPCODE.binary) => {
    if (stream.writable) stream.write(masked(Buffer.from(payload), opcode));
  };
  await new Promise((resolve, reject) => {
    let isOpen = false;
    stream.once("error", reject);
    stream.once("close", () => reject(new Error(`${path}: closed`)));
    stream.on("data", (bytes) => {
      reader.push(bytes);
      if (!isOpen) {
        const head = reader.head();
        if (head === null) return;
        if (!head.startsWith("HTTP/1.1 101")) {
          stream.destroy();
          reject(new Error(`${path}: ${head.split("\r\n")[0]}`));
          return;
        }
        isOpen = true;
        resolve();
      }
      for (let frame = reader.frame(); frame !== null; frame = reader.frame()) {
        if (frame.opcode === OPCODE.ping) send(frame.payload, OPCODE.pong);
        else if (frame.opcode === OPCODE.close) stream.end();
        else if (frame.opcode !== OPCODE.pong) onMessage(frame.payload, send);
      }
    });
  });
  return {
    send,
    close: async () => {
      stream.destroy();
      await closed;
    },
  };
}

/** Cuts the stream into frames; fragments of a message come as messages of their own. */
class Reader {
  #rest = Buffer.alloc(0);

  push(bytes) {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
  }

  head() {
    const end = this.#rest.indexOf("\r\n\r\n");
    return end < 0 ? null : this.#take(end + 4).toString("latin1");
  }

  frame() {
    const rest = this.#rest;
    if (rest.length < 2) return null;
    const short = rest[1] & 0x7f;
    const offset = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (rest.length < offset) return null;
    const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short;
    if (rest.length < offset + length) return null;
    return { opcode: rest[0] & 0x0f, payload: this.#take(offset + length).subarray(offset) };
  }

  #take(count) {
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }
}

/** A frame from client to server; those are masked. */
function masked(payload, opcode) {
  const { length } = payload;
  const head = length < 126 ? Buffer.from([0x80 | opcode, 0x80 | length]) : Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 0xff]);
  if (length > 0xffff) throw new Error("a message of more than 64 KB is not for this client");
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask[index % 4])]);
}
