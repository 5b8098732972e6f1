// The fixtures of every test: a program of its own, its desktop in the browser, and the rule that nothing goes wrong unseen.
import { expect, test as base, type Page } from "@playwright/test";
import { Desktop } from "./desktop.ts";
import { labHost, whyNot, type LabHost } from "./lab.ts";
import { startProgram, type Program } from "./program.ts";
import { startSshd, type Sshd } from "./sshd.ts";

interface Options {
  /** Console errors that the test provokes; any other fails it. */
  expectedErrors: RegExp[];
  /** Whether This computer is used; where the program runs as root it asks first. */
  usesThisComputer: boolean;
}
interface Fixtures {
  program: Program;
  /** The page, opened by the launch address. */
  desktop: Desktop;
  /** An sshd of the test's own on the lab's rich host. */
  sshd: Sshd;
  richHost: LabHost;
}

export const test = base.extend<Options & Fixtures>({
  expectedErrors: [[], { option: true }],
  usesThisComputer: [false, { option: true }],
  program: async ({}, use) => {
    const program = await startProgram();
    await use(program);
    await program.stop();
  },
  desktop: async ({ program, page, expectedErrors, usesThisComputer }, use, info) => {
    const faults = await watch(page);
    const desktop = new Desktop(page);
    await desktop.open(program.launchUrl, usesThisComputer);
    await use(desktop);
    // Before the program ends, which every page notices.
    await page.close();
    if (info.status !== info.expectedStatus) await info.attach("program log", { body: program.log() });
    expect(faults.filter((fault) => !expectedErrors.some((expected) => expected.test(fault)))).toEqual([]);
  },
  richHost: async ({}, use) => {
    const host = labHost("deb12");
    test.skip(host === null, whyNot("deb12"));
    if (host !== null) await use(host);
  },
  sshd: async ({ richHost, page }, use) => {
    const sshd = await startSshd(richHost);
    await use(sshd);
    // What a page does about a server that is gone is not part of the test.
    await page.close();
    await sshd.remove();
  },
});
export { expect };

/** Collects what must not happen on a page: errors on the console, uncaught ones, breaches of the policy. */
export async function watch(page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  await page.exposeFunction("reportViolation", (what: string) => faults.push(`policy: ${what}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      const report = (globalThis as unknown as { reportViolation: (what: string) => void }).reportViolation;
      report(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return faults;
}
