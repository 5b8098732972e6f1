// HeadlessOS in the browser: its program is started by who calls; here its page is used as a person would, and its socket as a page would.
import { request } from "node:http";
import { sleep } from "./sleep.mjs";
import { openSocket } from "./socket.mjs";
import { View } from "./view.mjs";

const KIND = { input: 0, acknowledge: 2 };
/** From the program: output, repaint, screen. */
const OUTPUT = 0;
const COUNTED = [0, 1, 2];

export class HeadlessOs {
  /** Ids of the servers, by the target's name. */
  #servers = {};

  constructor(job) {
    this.job = job;
    this.url = new URL(job.headlessos.launchUrl);
    /** Of the terminal in its window, once one was opened. */
    this.size = null;
  }

  /** Connects to the targets. */
  async start() {
    const { hash, port } = this.url;
    this.origin = `http://127.0.0.1:${port}`;
    const answer = await this.#send("POST", "/session", { secret: hash.replace("#launch=", "") });
    this.cookie = [answer.headers["set-cookie"]].flat()[0].split(";")[0];
    for (const [name, target] of Object.entries(this.job.targets)) this.#servers[name] = await this.#connect(name, target);
  }

  pids() {
    return [this.job.headlessos.pid];
  }

  /** Who started the program ends it. */
  stop() {}

  async open(newPage, target) {
    const [name, value] = this.cookie.split("=");
    const page = await newPage();
    await page.context().addCookies([{ name, value, url: this.origin, httpOnly: true, sameSite: "Strict" }]);
    // As root the program asks first whether this computer may be used; here it may not.
    const question = page.getByRole("dialog", { name: "HeadlessOS runs as root" });
    await page.addLocatorHandler(question, () => question.getByRole("button", { name: "Cancel" }).click());
    await page.goto(this.origin);
    const taskbar = page.getByRole("navigation", { name: "Taskbar" });
    await taskbar.getByRole("button", { name: /^Server / }).click();
    await page.getByRole("dialog", { name: "Switch server" }).getByRole("button", { name: target }).click();
    // Beside other terminals stands a terminal alone, not one in front of a dashboard that draws.
    await page.getByRole("region", { name: /^Dashboard/ }).getByRole("button", { name: "Close" }).click({ timeout: 3000 }).catch(() => undefined);
    const before = await this.#terminals(target);
    await openApp(page);
    // A server that has terminals shows those; another one is wanted.
    if (before.length > 0) await page.getByRole("button", { name: /^New tab/ }).click();
    const id = await this.#newTerminal(target, before);
    const view = new View(page, findTerm(id));
    view.terminals = [id];
    await view.attach();
    if (target === "near" && before.length === 0) this.size = await view.size();
    return view;
  }

  /** Runs a command in another terminal of the same tab, then gives the first the keys again. */
  async openBeside(view, command) {
    const before = await this.#terminals("near");
    await view.page.getByRole("button", { name: /^Split down/ }).click();
    const id = await this.#newTerminal("near", before);
    view.terminals.push(id);
    const other = new View(view.page, findTerm(id));
    await other.attach();
    await other.prepare();
    await other.run(command);
    await view.attach();
  }

  async reload(view) {
    await view.page.reload();
    // Windows come back by themselves; the app is opened where they do not.
    if (!(await view.isThere(5000))) await openApp(view.page);
    await view.attach();
  }

  async close(view) {
    for (const id of view.terminals) await this.#send("DELETE", `/terminals/${id}`);
  }

  /** A page that takes everything at once. */
  async client(onOutput) {
    const { id } = (await this.#send("POST", `/servers/${this.#servers.near}/terminals`, this.job.size)).body;
    const acknowledged = Buffer.alloc(5);
    const socket = await openSocket({
      port: this.url.port,
      path: `/api/terminals/${id}/socket`,
      headers: { Cookie: this.cookie, Origin: this.origin },
      onMessage: (frame, send) => {
        if (COUNTED.includes(frame[0])) {
          acknowledged[0] = KIND.acknowledge;
          acknowledged.writeUInt32BE(frame.length, 1);
          send(acknowledged);
        }
        onOutput(frame.subarray(1), frame[0] === OUTPUT);
      },
    });
    return {
      send: (text) => socket.send(Buffer.concat([Buffer.from([KIND.input]), Buffer.from(text)])),
      close: async () => {
        await socket.close();
        await this.#send("DELETE", `/terminals/${id}`);
      },
    };
  }

  async #connect(name, target) {
    const auth = { method: "keyFile", path: target.identity };
    const server = { name, host: target.address, port: target.port, user: target.user, auth, color: null, capabilities: null };
    const { id } = (await this.#send("POST", "/servers", server)).body;
    await this.#send("POST", `/servers/${id}/connect`, {});
    for (let isAnswered = false; ; ) {
      const { servers } = (await this.#send("GET", "/servers")).body;
      const { state } = servers.find((each) => each.id === id);
      if (state.status === "connected") return id;
      if (state.status === "failed") throw new Error(JSON.stringify(state.error));
      if (state.status === "question" && !isAnswered) {
        isAnswered = true;
        await this.#send("POST", `/servers/${id}/answers`, { questionId: state.question.id, answer: { kind: "trust", trust: true } });
      }
      await sleep(20);
    }
  }

  async #terminals(target) {
    const { terminals } = (await this.#send("GET", "/terminals")).body;
    return terminals.filter(({ server }) => server === this.#servers[target]).map(({ id }) => id);
  }

  async #newTerminal(target, before) {
    for (let tries = 0; tries < 500; tries += 1) {
      const added = (await this.#terminals(target)).find((id) => !before.includes(id));
      if (added !== undefined) return added;
      await sleep(20);
    }
    throw new Error("no terminal was opened");
  }

  #send(method, path, body) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...(this.cookie === undefined ? {} : { Cookie: this.cookie }),
      ...(text === undefined ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port: this.url.port, method, path: `/api${path}`, headers }, (response) => {
        let received = "";
        response.setEncoding("utf8");
        response.on("data", (part) => (received += part));
        response.on("end", () => {
          if (response.statusCode >= 300) reject(new Error(`${path}: ${response.statusCode} ${received}`));
          else resolve({ headers: response.headers, body: received === "" ? null : JSON.parse(received) });
        });
      });
      sent.on("error", reject);
      sent.end(text);
    });
  }
}

const findTerm = (id) => `() => document.querySelector('[data-terminal-id="${id}"][data-ready]')?.xterm ?? null`;

async function openApp(page) {
  await page.getByRole("navigation", { name: "Taskbar" }).getByRole("button", { name: "Start" }).click();
  await page.getByRole("dialog", { name: "Start menu" }).getByRole("button", { name: "Terminal", exact: true }).click();
}
