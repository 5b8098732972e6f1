// A provider of language models as OpenAI's API is spoken, on a free loopback port: it keeps every request as it came and answers as the test says.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ModelRequest {
  path: string;
  /** The key that came with it. */
  authorization: string | null;
  /** The whole body, as text. */
  body: string;
}

export interface ModelProvider {
  /** `http://127.0.0.1:PORT/v1` */
  address: string;
  requests: ModelRequest[];
  /** What it answers from now on: a value, or null for nothing but that it is too busy. */
  answers: (answer: unknown) => void;
  stop: () => Promise<void>;
}

/** What it reads in the text of a trial, which every program gives it the same. */
const TRIAL = { one: 0.42, five: 0.37, fifteen: 0.31, runnable: 2, processes: 314, uptimeSeconds: null };

export async function startProvider(): Promise<ModelProvider> {
  const requests: ModelRequest[] = [];
  let answer: unknown = null;
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      requests.push({ path: request.url ?? "", authorization: request.headers.authorization ?? null, body });
      const reply = body.includes("load: 0.42 after 1 minute") ? TRIAL : answer;
      const message = { role: "assistant", content: JSON.stringify({ answer: reply }) };
      response.writeHead(reply === null ? 503 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ choices: [{ message, finish_reason: "stop" }], usage: { prompt_tokens: 1100, completion_tokens: 70 } }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    answers: (next) => (answer = next),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
