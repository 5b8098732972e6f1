// The peers in the browser: ttyd, and a gateway written in Node. Each is started for the run and ended with it.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { openSocket } from "./socket.mjs";
import { sleep } from "./sleep.mjs";
import { sshWords } from "./ssh.mjs";
import { View } from "./view.mjs";

/** As in the gateway. */
const ACK_EVERY_BYTES = 100_000;
const FIND_TERM = "() => globalThis.term ?? null";

/** ttyd as a person would start it; its page draws as every other here, without a graphics processor. */
export class Ttyd {
  #servers = new Map();

  constructor(job) {
    this.job = job;
  }

  async start() {
    await this.#server("near");
  }

  pids() {
    return [...this.#servers.values()].map(({ child }) => child.pid);
  }

  stop() {
    for (const { child } of this.#servers.values()) child.kill("SIGKILL");
  }

  async open(newPage, target) {
    const { port } = await this.#server(target);
    const page = await newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const view = new View(page, FIND_TERM);
    await view.attach();
    await fit(view, this.job.size);
    return view;
  }

  async client(onOutput) {
    const { port } = await this.#server("near");
    const { columns, rows } = this.job.size;
    const socket = await openSocket({
      port,
      path: "/ws",
      headers: { "Sec-WebSocket-Protocol": "tty" },
      onMessage: (bytes) => {
        if (bytes[0] === 0x30) onOutput(bytes.subarray(1));
      },
    });
    socket.send(Buffer.from(JSON.stringify({ AuthToken: "", columns, rows })));
    return { send: (text) => socket.send(Buffer.from(`0${text}`)), close: socket.close };
  }

  async #server(target) {
    if (!this.#servers.has(target)) {
      const port = await freePort();
      const { command, env } = this.job.ttyd;
      const words = [...command, "-i", "127.0.0.1", "-p", String(port), "-W", "-t", "rendererType=dom", "-t", "disableLeaveAlert=true", ...sshWords(this.job.targets[target])];
      const child = spawn(words[0], words.slice(1), { env: { ...process.env, ...env, TERM: "xterm-256color" }, stdio: "ignore" });
      this.#servers.set(target, { port, child });
      await listening(port, child, "ttyd");
    }
    return this.#servers.get(target);
  }
}

export class Gateway {
  constructor(job) {
    this.job = job;
  }

  async start() {
    const script = fileURLToPath(new URL("gateway.mjs", import.meta.url));
    this.child = spawn(process.execPath, [script, this.job.packages, JSON.stringify(this.job.targets)], { stdio: ["ignore", "pipe", "inherit"] });
    this.port = await new Promise((resolve, reject) => {
      this.child.stdout.once("data", (bytes) => resolve(Number(bytes)));
      this.child.once("exit", () => reject(new Error("the gateway ended")));
    });
  }

  pids() {
    return [this.child.pid];
  }

  stop() {
    this.child?.kill("SIGKILL");
  }

  async open(newPage, target) {
    const page = await newPage();
    await page.goto(`http://127.0.0.1:${this.port}/?${this.#query(target)}`);
    const view = new View(page, FIND_TERM);
    await view.attach();
    return view;
  }

  async client(onOutput) {
    let unsaid = 0;
    const socket = await openSocket({
      port: this.port,
      path: `/socket?${this.#query("near")}`,
      onMessage: (bytes, send) => {
        onOutput(bytes);
        for (unsaid += bytes.length; unsaid >= ACK_EVERY_BYTES; unsaid -= ACK_EVERY_BYTES) send("1");
      },
    });
    return { send: (text) => socket.send(`0${text}`), close: socket.close };
  }

  #query(target) {
    return new URLSearchParams({ target, ...this.job.size }).toString();
  }
}

/** Makes the page so large that the terminal in it gets the size. */
async function fit(view, { columns, rows }) {
  const per = await view.page.evaluate(() => {
    const { width, height } = bench.term.element.querySelector(".xterm-screen").getBoundingClientRect();
    return { width: width / bench.term.cols, height: height / bench.term.rows, besideX: innerWidth - width, besideY: innerHeight - height };
  });
  for (let more = 0; more < 6; more += 1) {
    const width = Math.ceil(per.width * (columns + 0.5) + Math.min(per.besideX, 30) + more);
    const height = Math.ceil(per.height * (rows + 0.5) + Math.min(per.besideY, 20) + more);
    await view.page.setViewportSize({ width, height });
    await sleep(300);
    const size = await view.size();
    if (size.columns === columns && size.rows === rows) return;
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function listening(port, child, name) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer !== null) return;
    await sleep(25);
  }
  throw new Error(`${name} did not listen`);
}
