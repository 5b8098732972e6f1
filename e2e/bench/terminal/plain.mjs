// The figures of plain `ssh -tt`, as far as it has them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { FILE_BYTES } from "./material.mjs";
import { sleep } from "./sleep.mjs";
import { PlainShell, sshWords } from "./ssh.mjs";

const FLOOD_MS = 1500;
/** What HeadlessOS asks for first. */
const CIPHER = "aes128-gcm@openssh.com";

export async function measurePlain(job, text, record) {
  const { near, slow } = job.targets;
  const inShell = (target, measure) => async () => {
    const shell = await PlainShell.open(target);
    try {
      return await measure(shell);
    } finally {
      shell.close();
    }
  };
  await record("cat", async () => {
    const { seconds } = await print(near, text, `ssh-${job.run}-cat`);
    return { catSeconds: seconds };
  });
  await record("echo", inShell(near, async (shell) => ({ echoMs: await shell.echoes(job.keys) })));
  if (slow !== undefined) await record("slowEcho", inShell(slow, async (shell) => ({ slowEchoMs: await shell.echoes(job.slowKeys) })));
  await record("interrupt", inShell(near, interrupt));
  await record("floodedEcho", inShell(near, (shell) => floodedEcho(shell, near, job.keys)));
  await record("stream", async () => {
    const { seconds } = await print(near, text, `ssh-${job.run}-stream`, "-c", CIPHER);
    return { streamMbPerSecond: FILE_BYTES / 1e6 / seconds, streamPassedPercent: 100 };
  });
}

/** Prints the text to nowhere. */
async function print(target, text, run, ...options) {
  const [program, ...args] = [...sshWords(target, ...options), `sh ${text.script} ${run}`];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  await once(child, "exit");
  const { beganMs, endedMs } = text.times(run);
  return { seconds: (endedMs - beganMs) / 1000 };
}

async function interrupt(shell) {
  shell.write("yes\r");
  await sleep(FLOOD_MS);
  shell.forget();
  const startedMs = performance.now();
  shell.write("\x03");
  return { interruptMs: (await shell.prompt()) - startedMs };
}

async function floodedEcho(shell, target, keys) {
  const other = await PlainShell.open(target);
  try {
    other.write("yes\r");
    await sleep(FLOOD_MS);
    return { floodedEchoMs: await shell.echoes(keys) };
  } finally {
    other.close();
  }
}
