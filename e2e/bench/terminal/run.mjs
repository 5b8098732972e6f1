// One run of one subject of the terminal benchmark: reads its job as JSON from its input and prints one line of JSON: values, samples, and why others are missing.
// The job: subject, run, size, keys, slowKeys, targets ({near, slow?}), folder, browser, packages (of npm), ttyd ({command, env}), headlessos ({launchUrl, pid}).
import { text as textOf } from "node:stream/consumers";
import process from "node:process";
import { chromium } from "@playwright/test";
import { measurePage } from "./figures.mjs";
import { HeadlessOs } from "./headlessos.mjs";
import { installBench } from "./inpage.mjs";
import { material } from "./material.mjs";
import { Gateway, Ttyd } from "./peers.mjs";
import { measurePlain } from "./plain.mjs";
import { PROMPT } from "./view.mjs";

const SUBJECTS = { headlessos: HeadlessOs, ttyd: Ttyd, gateway: Gateway };

const job = JSON.parse(await textOf(process.stdin));
const printed = material(job.folder);
const said = { values: {}, samples: {}, missing: {} };

/** Measures, says on standard error how long that took, and goes on where it failed. */
async function record(figure, measure) {
  const startedMs = performance.now();
  try {
    for (const [name, value] of Object.entries(await measure())) {
      if (Array.isArray(value)) said.samples[name] = value;
      else said.values[name] = value;
    }
  } catch (error) {
    said.missing[figure] = error.message.split("\n")[0];
  }
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  process.stderr.write(`xtask: bench: ${job.subject}: ${figure}, ${seconds} s${figure in said.missing ? ", failed" : ""}\n`);
}

if (job.subject === "ssh") await measurePlain(job, printed, record);
else await measureInBrowser(new SUBJECTS[job.subject](job));
process.stdout.write(`${JSON.stringify(said)}\n`);

async function measureInBrowser(subject) {
  const browser = await chromium.launch({ executablePath: job.browser, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  try {
    await subject.start();
    // A browser profile of its own for each view, so that none begins with what the last one left open.
    const newPage = async () => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.addInitScript(installBench, PROMPT);
      return context.newPage();
    };
    await measurePage(subject, newPage, job, printed, record);
    if (subject.size != null) said.size = subject.size;
  } catch (error) {
    said.missing.more = error.message.split("\n")[0];
  } finally {
    await browser.close();
    subject.stop();
  }
}
