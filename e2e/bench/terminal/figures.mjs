// The figures of one subject that has a page: each begins with a shell of its own, so that one that fails spoils no other.
import { FILE_BYTES } from "./material.mjs";
import { memoryMb } from "./memory.mjs";
import { sleep } from "./sleep.mjs";

const CAT_PATIENCE_MS = 300_000;
/** How long a flood runs before anything is measured beside it. */
const FLOOD_MS = 1500;
const FLOODING_TERMINALS = 10;
const FLOODED_MS = 8000;

/** Keys are counted by `job.keys`; `record` takes what each measure gives. */
export async function measurePage(subject, newPage, job, text, record) {
  const inShell = (target, measure) => async () => {
    const view = await subject.open(newPage, target);
    try {
      await view.prepare();
      return await measure(view);
    } finally {
      await subject.close?.(view);
      await view.page.context().close();
    }
  };
  // First, as what a process once took it seldom gives back.
  await record("memory", () => memory(subject));
  await record("cat", inShell("near", (view) => cat(view, job, text)));
  await record("echo", inShell("near", async (view) => ({ echoMs: await view.echoes(job.keys) })));
  if (job.targets.slow !== undefined) {
    await record("slowEcho", inShell("slow", async (view) => ({ slowEchoMs: await view.echoes(job.slowKeys) })));
  }
  await record("interrupt", inShell("near", interrupt));
  await record("reload", inShell("near", (view) => reload(subject, view)));
  await record("floodedEcho", inShell("near", (view) => floodedEcho(subject, newPage, view, job.keys)));
  if (subject.openBeside !== undefined) {
    await record("besideEcho", inShell("near", (view) => besideEcho(subject, view, job.keys)));
  }
  await record("stream", () => stream(subject, job, text));
}

/** Seconds until the command ended on the server, and how long after that the page shows what came last. */
async function cat(view, job, text) {
  const run = `${job.subject}-${job.run}-cat`;
  await view.begin("text", text.marker(run), CAT_PATIENCE_MS);
  await view.run(`sh ${text.script} ${run}`);
  const { dateMs } = await view.ended();
  const { beganMs, endedMs } = text.times(run);
  return { catSeconds: (endedMs - beganMs) / 1000, catShownMs: Math.max(0, dateMs - endedMs) };
}

async function interrupt(view) {
  await view.run("yes");
  await sleep(FLOOD_MS);
  await view.begin("prompt");
  await view.page.keyboard.press("Control+c");
  const { nowMs } = await view.ended();
  return { interruptMs: nowMs - (await view.page.evaluate(() => bench.keyMs)) };
}

/** 1 where the shell is the same after a reload, 0 where it is another. */
async function reload(subject, view) {
  const before = await shellOf(view, "before");
  if (subject.reload === undefined) {
    await view.page.reload();
    await view.attach();
  } else {
    await subject.reload(view);
  }
  await sleep(1000);
  const after = await shellOf(view, "after");
  return { survivesReload: before === after ? 1 : 0 };
}

async function shellOf(view, name) {
  await view.begin("text", `${name}-done`);
  await view.run(`echo ${name}'-'$$'-'end; echo ${name}'-'done`);
  await view.ended();
  return view.page.evaluate((name) => bench.find(`${name}-(\\d+)-end`), name);
}

/** Echo in one terminal while another of the same server, in a page of its own, prints without end. */
async function floodedEcho(subject, newPage, view, keys) {
  const other = await subject.open(newPage, "near");
  try {
    await other.prepare();
    await other.run("yes");
    await view.page.bringToFront();
    await view.focus();
    await sleep(FLOOD_MS);
    return { floodedEchoMs: await view.echoes(keys) };
  } finally {
    await subject.close?.(other);
    await other.page.context().close();
  }
}

/** The same with both terminals in one page. */
async function besideEcho(subject, view, keys) {
  await subject.openBeside(view, "yes");
  await sleep(FLOOD_MS);
  return { besideEchoMs: await view.echoes(keys) };
}

/** The way of the bytes without a browser: a client that takes all at once, from the command's begin to its last bytes. */
async function stream(subject, job, text) {
  const run = `${job.subject}-${job.run}-stream`;
  const marker = text.marker(run);
  let bytes = 0;
  let tail = "";
  let shown;
  const isShown = new Promise((resolve) => (shown = resolve));
  const client = await subject.client((output, isPassedOn = true) => {
    if (isPassedOn) bytes += output.length;
    tail = (tail + output.subarray(-200).toString("latin1")).slice(-400);
    if (tail.includes(marker)) shown(Date.now());
  });
  try {
    await sleep(1000);
    client.send(`unset HISTFILE; sh ${text.script} ${run}\r`);
    const endedMs = await within(isShown, CAT_PATIENCE_MS, `${marker} did not come`);
    const seconds = (endedMs - text.times(run).beganMs) / 1000;
    return { streamMbPerSecond: FILE_BYTES / 1e6 / seconds, streamPassedPercent: Math.min(100, (bytes / FILE_BYTES) * 100) };
  } finally {
    await client.close();
  }
}

/** What ten terminals that print without end, with clients that take all at once, add to the memory. */
async function memory(subject) {
  const idleMb = memoryMb(subject.pids());
  const clients = [];
  let bytes = 0;
  try {
    for (let opened = 0; opened < FLOODING_TERMINALS; opened += 1) {
      clients.push(await subject.client((output) => (bytes += output.length)));
    }
    await sleep(1500);
    for (const client of clients) client.send("unset HISTFILE; yes\r");
    await sleep(FLOODED_MS);
    if (bytes < 1e6) throw new Error(`only ${bytes} bytes came`);
    return { floodMemoryMb: memoryMb(subject.pids()) - idleMb };
  } finally {
    for (const client of clients) await client.close();
  }
}

export function within(promise, ms, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
