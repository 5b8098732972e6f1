// Firefox by its own protocol, Marionette: one window, scripts in the page, and all that its console was told.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { firefox } from "./places.ts";

const PATIENCE_MS = 60_000;

/** A quiet browser that speaks to nobody by itself. */
const PREFERENCES: Record<string, string | number | boolean> = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.aboutConfig.showWarning": false,
  "browser.newtabpage.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.disable_open_during_load": false,
  "extensions.update.enabled": false,
  "marionette.port": 0,
  "media.gmp-manager.updateEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  // A page of the network may ask this computer: what is tested is the program, not the browser's own guard.
  "network.lna.blocking": false,
  "network.lna.enabled": false,
  // What it would ask its maker, and cannot be kept from by a preference of its own, leads here and to nobody.
  "network.dns.forceResolve": "127.0.0.1",
  "network.prefetch-next": true,
  "services.settings.server": "",
  "toolkit.telemetry.enabled": false,
};

export class Firefox {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #socket: Socket;
  #received = "";
  #nextId = 1;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();

  private constructor(child: ChildProcess, profile: string, socket: Socket) {
    this.#child = child;
    this.#profile = profile;
    this.#socket = socket;
    // One character for each byte, since lengths count bytes.
    socket.setEncoding("latin1").on("data", (bytes: string) => this.#receive(bytes));
  }

  /** Names that are no loopback names go to a proxy on this port, where there is one. */
  static async start(proxyPort: number | null = null): Promise<Firefox> {
    const path = firefox();
    if (path === null) throw new Error("There is no Firefox.");
    const profile = mkdtempSync(join(tmpdir(), "headlessos-firefox-"));
    const proxy = proxyPort === null ? {} : { "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": proxyPort };
    const lines = Object.entries({ ...PREFERENCES, ...proxy }).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    writeFileSync(join(profile, "user.js"), lines.join("\n"));
    const home = join(profile, "home");
    mkdirSync(home);
    const child = spawn(path, ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", profile], { env: { ...process.env, HOME: home }, stdio: "ignore" });
    try {
      const socket = connect(await activePort(child, profile), "127.0.0.1");
      await once(socket, "connect");
      const browser = new Firefox(child, profile, socket);
      await browser.#ask("WebDriver:NewSession", { capabilities: {} });
      await browser.#ask("WebDriver:SetTimeouts", { script: PATIENCE_MS, pageLoad: PATIENCE_MS });
      return browser;
    } catch (error) {
      await end(child, profile);
      throw error;
    }
  }

  async open(url: string): Promise<void> {
    await this.#ask("WebDriver:Navigate", { url });
  }

  /** Runs a function that stands for itself in the page; gives what it gives. */
  async run<Args extends unknown[], T>(work: (...args: Args) => T | Promise<T>, ...args: Args): Promise<T> {
    const answer = await this.#ask("WebDriver:ExecuteScript", { script: `return (${work.toString()})(...arguments)`, args, sandbox: null });
    return (answer as { value: T }).value;
  }

  /** What the console was told of pages of this origin: errors, and breaches of a policy. */
  async complaints(origin: string): Promise<string[]> {
    await this.#ask("Marionette:SetContext", { value: "chrome" });
    const script = `return Services.console.getMessageArray().map((each) => {
      try { each.QueryInterface(Ci.nsIScriptError); } catch { return null; }
      const isWarning = (each.flags & Ci.nsIScriptError.warningFlag) !== 0 && each.category !== "CSP" && !/Content-Security-Policy/.test(each.errorMessage);
      return isWarning ? null : each.sourceName + ": " + each.category + ": " + each.errorMessage;
    }).filter((each) => each !== null)`;
    const { value } = (await this.#ask("WebDriver:ExecuteScript", { script, args: [] })) as { value: string[] };
    await this.#ask("Marionette:SetContext", { value: "content" });
    return value.filter((each) => each.includes(origin));
  }

  async screenshot(): Promise<Buffer> {
    const { value } = (await this.#ask("WebDriver:TakeScreenshot", { full: false })) as { value: string };
    return Buffer.from(value, "base64");
  }

  async stop(): Promise<void> {
    this.#socket.destroy();
    await end(this.#child, this.#profile);
  }

  #ask(command: string, parameters: object): Promise<unknown> {
    const id = this.#nextId;
    this.#nextId += 1;
    const text = JSON.stringify([0, id, command, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Messages are `LENGTH:JSON`; the first greets. */
  #receive(bytes: string): void {
    this.#received += bytes;
    for (;;) {
      const colon = this.#received.indexOf(":");
      const end = colon + 1 + Number(this.#received.slice(0, Math.max(colon, 0)));
      if (colon < 1 || this.#received.length < end) return;
      const message: unknown = JSON.parse(Buffer.from(this.#received.slice(colon + 1, end), "latin1").toString());
      this.#received = this.#received.slice(end);
      if (!Array.isArray(message)) continue;
      const [, id, error, value] = message as [number, number, { error: string; message: string } | null, unknown];
      const asked = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === null) asked?.resolve(value);
      else asked?.reject(new Error(`${error.error}: ${error.message}`));
    }
  }
}

/** The port that it chose, once it listens there. */
async function activePort(child: ChildProcess, profile: string): Promise<number> {
  const file = join(profile, "MarionetteActivePort");
  const end = Date.now() + PATIENCE_MS;
  while (child.exitCode === null && Date.now() < end) {
    const port = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    if (port > 0) return port;
    // oxlint-disable-next-line no-await-in-loop -- it is waited for
    await pause(50);
  }
  throw new Error("Firefox did not start.");
}

async function end(child: ChildProcess, profile: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(timer);
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
