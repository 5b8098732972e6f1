// How every subject that runs `ssh` runs it; and plain ssh itself, without a browser: the lower bound.
import { spawn } from "node:child_process";
import { sleep } from "./sleep.mjs";
import { PROMPT } from "./view.mjs";

const PATIENCE_MS = 30_000;

/** The words that lead to the target; the user's own settings and agent are not asked. */
export function sshWords({ address, port, user, identity, knownHosts }, ...options) {
  const settings = ["IdentitiesOnly=yes", "IdentityAgent=none", "BatchMode=yes", "LogLevel=ERROR", `UserKnownHostsFile=${knownHosts}`];
  return ["ssh", "-F", "none", "-e", "none", "-tt", "-i", identity, ...settings.flatMap((each) => ["-o", each]), ...options, "-p", String(port), `${user}@${address}`];
}

/** One shell over ssh, written to and read by this process. */
export class PlainShell {
  #tail = "";
  #listeners = new Set();

  constructor(target) {
    const [program, ...args] = sshWords(target);
    this.child = spawn(program, args, { env: { ...process.env, TERM: "xterm-256color" }, stdio: ["pipe", "pipe", "ignore"] });
    this.child.stdin.on("error", () => undefined);
    this.child.stdout.on("data", (bytes) => {
      this.#tail = (this.#tail + bytes.toString("latin1")).slice(-4096);
      for (const look of this.#listeners) look();
    });
  }

  static async open(target) {
    const shell = new PlainShell(target);
    await shell.until(() => shell.#tail !== "");
    const ready = shell.prompt();
    shell.write(`unset HISTFILE PROMPT_COMMAND; PS1='rea''dy> '\r`);
    await ready;
    return shell;
  }

  write(text) {
    this.child.stdin.write(text);
  }

  /** Forgets what was read. */
  forget() {
    this.#tail = "";
  }

  prompt() {
    return this.until(() => this.#tail.endsWith(`${PROMPT} `));
  }

  shows(text) {
    return this.until(() => this.#tail.includes(text));
  }

  until(condition) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(look);
        reject(new Error(`ssh: nothing as expected within ${PATIENCE_MS / 1000} s; it said ${JSON.stringify(this.#tail.slice(-80))}`));
      }, PATIENCE_MS);
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve(performance.now());
      };
      this.#listeners.add(look);
      look();
    });
  }

  /** From each key's write to its echo's read, in ms. */
  async echoes(count) {
    this.write("cat\r");
    await sleep(500);
    const took = [];
    for (let pressed = 0; pressed < count; pressed += 1) {
      const key = String.fromCharCode(97 + (pressed % 26));
      this.forget();
      const startedMs = performance.now();
      this.write(key);
      took.push((await this.shows(key)) - startedMs);
      await sleep(10 + ((pressed * 7) % 23));
      if (pressed % 40 === 39) {
        this.write("\r");
        await sleep(300);
      }
    }
    this.forget();
    this.write("\x03");
    await this.prompt();
    return took;
  }

  close() {
    this.child.kill();
  }
}
