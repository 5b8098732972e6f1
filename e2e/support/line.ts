// The line between the browser and the program: a proxy that can be cut like a cable, in the middle of a frame, after a number of bytes.
import { createServer, request } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";

export interface Line {
  /** For the browser's proxy setting. */
  server: string;
  /** How many sockets of terminals were cut. */
  cuts: () => number;
  /** Cuts the next sockets of terminals, each after so many bytes from the program; those after them stay whole. */
  cutNext: (afterBytes: readonly number[]) => void;
  remove: () => Promise<void>;
}

/** The first bytes of a terminal's socket. */
const TERMINAL = "GET /api/terminals/";

export async function startLine(): Promise<Line> {
  const sockets = new Set<Socket>();
  let limits: number[] = [];
  let cuts = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // An end of the line that is gone is what this is about.
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const proxy = createServer((asked, answer) => {
    const { method, headers } = asked;
    const target = new URL(asked.url ?? "");
    const passed = request({ host: target.hostname, port: target.port, path: target.pathname + target.search, method, headers, agent: false }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  proxy.on("connection", keep);
  // A WebSocket goes through a tunnel.
  proxy.on("connect", (asked, browser: Socket) => {
    const [host = "", port = ""] = (asked.url ?? "").split(":");
    const program = connect(Number(port), host, () => browser.write("HTTP/1.1 200 OK\r\n\r\n"));
    keep(program);
    browser.on("close", () => program.destroy());
    program.on("close", () => browser.destroy());
    let left = Infinity;
    browser.once("data", (first: Buffer) => {
      if (first.toString("latin1").startsWith(TERMINAL)) left = limits.shift() ?? Infinity;
    });
    browser.pipe(program);
    program.on("data", (bytes: Uint8Array) => {
      const part = bytes.subarray(0, left);
      left -= part.length;
      browser.write(part, () => {
        if (left > 0 || browser.destroyed) return;
        cuts += 1;
        browser.destroy();
        program.resetAndDestroy();
      });
      if (left === 0 || browser.writableNeedDrain) program.pause();
    });
    browser.on("drain", () => left > 0 && program.resume());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cuts: () => cuts,
    cutNext: (afterBytes) => (limits = [...afterBytes]),
    remove: async () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
      await once(proxy, "close");
    },
  };
}
