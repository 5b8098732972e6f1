// Another program that has taken the port of one that has ended, and notes all that it is asked.
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { Socket } from "node:net";

/** `answers` as the program would, as far as one can know; `hangsUp` on whoever asks; is `silent`. */
type Behaviour = "answers" | "hangsUp" | "silent";

interface Asked {
  what: string;
  headers: IncomingHttpHeaders;
}

const ANSWER = JSON.stringify({ proof: "0".repeat(64), key: "0".repeat(64), version: "1", servers: [], jobs: [] });
/** Tells all pages of this address what a page tells that has opened a session. */
const PAGE = '<!doctype html><title>Posted</title><script>new BroadcastChannel("session").postMessage("opened")</script>';
const PROOF = "POST /api/session/proof";

export class Squatter {
  readonly asked: Asked[] = [];
  readonly #server: Server;

  private constructor(behaviour: Behaviour) {
    this.#server = createServer((request, response) => {
      this.#note(`${request.method} ${request.url}`, request.headers);
      if (behaviour === "hangsUp") request.socket.destroy();
      else if (behaviour === "answers" && request.url === "/") response.setHeader("Content-Type", "text/html").end(PAGE);
      else if (behaviour === "answers") response.setHeader("Content-Type", "application/json").end(ANSWER);
    });
    this.#server.on("upgrade", (request, socket: Socket) => {
      this.#note(`socket ${request.url}`, request.headers);
      socket.destroy();
    });
  }

  static async on(port: number, behaviour: Behaviour): Promise<Squatter> {
    const squatter = new Squatter(behaviour);
    squatter.#server.listen(port, "127.0.0.1");
    await once(squatter.#server, "listening");
    return squatter;
  }

  /** How often it was asked to prove itself, without a cookie. */
  get proofs(): number {
    return this.asked.filter(isProof).length;
  }

  /** What else it was told through the API. */
  get told(): string[] {
    return this.asked.filter((each) => each.what.includes(" /api/") && !isProof(each)).map(({ what }) => what);
  }

  async leave(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #note(what: string, headers: IncomingHttpHeaders): void {
    this.asked.push({ what, headers });
  }
}

function isProof({ what, headers }: Asked): boolean {
  return what === PROOF && headers.cookie === undefined;
}
