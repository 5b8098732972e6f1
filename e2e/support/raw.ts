// Requests as no browser would send them: any Host, Origin and cookie, over a plain socket.
import { request } from "node:http";
import type { Program } from "./program.ts";

export interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

export type Headers = Record<string, string>;

/** Sends one request; `Host` is the program's own where the headers say nothing else. A switch of protocols ends it. */
export function send(program: Program, method: string, path: string, headers: Headers = {}, body?: unknown): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const all = {
    Host: `127.0.0.1:${program.port}`,
    ...(text === undefined ? {} : { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(text)) }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: program.port, method, path, headers: all, setHost: false, agent: false });
    sent.on("error", reject);
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: "" });
    });
    sent.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.end(text);
  });
}

/** The headers that ask for a WebSocket. */
export const UPGRADE: Headers = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** Exchanges the launch secret; gives the cookie as a browser would send it. */
export async function signIn(program: Program): Promise<string> {
  const secret = new URL(program.launchUrl).hash.replace("#launch=", "");
  const { headers, status } = await send(program, "POST", "/api/session", {}, { secret });
  const cookie = [headers["set-cookie"] ?? []].flat()[0];
  if (status !== 204 || cookie === undefined) throw new Error(`The exchange answered ${status}.`);
  return cookie.split(";")[0] ?? "";
}
