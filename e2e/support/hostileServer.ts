// The hostile side: a web server whose pages attack, which is also the proxy of a browser that is to take its names for real.
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { connect, type AddressInfo, type Socket } from "node:net";
import { WORKER } from "./hostileAttacks.ts";
import type { Program } from "./program.ts";

export interface Hostile {
  port: number;
  stop: () => Promise<void>;
}

const PAGE = "<!doctype html><html><head><title>hostile</title></head><body>hostile</body></html>";

/** As a proxy: a name at the program's port leads to the program, but for the first page, as a name does that is bound anew. */
export async function startHostile(program: Program): Promise<Hostile> {
  const answer = (asked: IncomingMessage, response: ServerResponse) => {
    const url = new URL(asked.url ?? "/", "http://hostile");
    if (url.port === String(program.port) && url.pathname !== "/hostile") {
      const through = request({ host: "127.0.0.1", port: program.port, method: asked.method, path: url.pathname + url.search, headers: asked.headers, setHost: false }, (answered) => {
        response.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(response);
      });
      through.on("error", () => response.destroy());
      asked.pipe(through);
      return;
    }
    asked.resume();
    const isWorker = url.pathname === "/worker.js";
    response.setHeader("Content-Type", isWorker ? "text/javascript" : "text/html").end(isWorker ? WORKER : PAGE);
  };
  const server = createServer(answer);
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  // WebSockets come as tunnels; so does what a browser asks its maker.
  server.on("connect", (asked, socket) => {
    if (!asked.url?.endsWith(`.example.test:${program.port}`)) {
      socket.destroy();
      return;
    }
    const through = connect(program.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    through.on("error", () => socket.destroy());
    socket.on("error", () => through.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.close();
      // Tunnels would keep it open.
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
