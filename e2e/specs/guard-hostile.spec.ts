// Hostile pages in real browsers that have a session: of another site, of another port of this very name, and of a name that was bound anew to this computer.
import { attackFrom, openBeside, readOwnOrigin } from "../support/hostileAttacks.ts";
import { Firefox } from "../support/firefox.ts";
import { startHostile, type Hostile } from "../support/hostileServer.ts";
import { firefox } from "../support/places.ts";
import type { Program } from "../support/program.ts";
import { expect, test as base } from "../support/test.ts";
import { unlockAddress } from "../support/unlock.ts";
import { watchProgram } from "../support/untouched.ts";

/** A browser, as little of it as the attacks need. */
interface Attacker {
  open: (url: string) => Promise<void>;
  run: <Args extends unknown[], T>(work: (...args: Args) => T | Promise<T>, ...args: Args) => Promise<T>;
}

interface Fixtures {
  hostile: Hostile;
  chromiumPage: Attacker;
  firefoxPage: Attacker & { complaints: (origin: string) => Promise<string[]>; screenshot: () => Promise<Buffer> };
}

const test = base.extend<Fixtures>({
  hostile: async ({ program }, use) => {
    const hostile = await startHostile(program);
    await use(hostile);
    await hostile.stop();
  },
  chromiumPage: async ({ browser, hostile }, use) => {
    const context = await browser.newContext({ proxy: { server: `http://127.0.0.1:${hostile.port}`, bypass: "127.0.0.1" } });
    const page = await context.newPage();
    await use({
      open: async (url) => void (await page.goto(url)),
      run: (work, ...args) => page.evaluate(`(${work.toString()})(...${JSON.stringify(args)})`),
    });
    await context.close();
  },
  firefoxPage: async ({ hostile }, use) => {
    test.skip(firefox() === null, "there is no Firefox: install firefox-esr, or set HEADLESSOS_FIREFOX");
    const browser = await Firefox.start(hostile.port);
    await use(browser);
    await browser.stop();
  },
});

/** Lets the browser in, and leaves the page, which would ask things by itself. */
async function letIn(browser: Attacker, program: Program): Promise<void> {
  await browser.open(unlockAddress(program));
  await expect.poll(() => browser.run(() => document.querySelector("nav[aria-label=Taskbar]") !== null)).toBe(true);
  await browser.open("about:blank");
}

for (const name of ["chromium", "firefox"] as const) {
  test.describe(name, () => {
    test.setTimeout(240_000);
    // One of them alone is started.
    const test_ = test.extend<{ browserPage: Attacker }>({
      browserPage: name === "chromium" ? async ({ chromiumPage }, use) => use(chromiumPage) : async ({ firefoxPage }, use) => use(firefoxPage),
    });

    // A name of another site; and another port of this very name, where the browser sends the cookie along.
    for (const hostName of ["evil.example.test", "127.0.0.1"]) {
      test_(`a page at ${hostName} reads and changes nothing`, async ({ browserPage, hostile, program }) => {
        await letIn(browserPage, program);
        const watched = await watchProgram(program);
        await browserPage.open(`http://${hostName}:${hostile.port}/hostile`);
        expect(await browserPage.run(attackFrom, program.url)).toEqual([]);
        // It leaves by itself, with what is still under way.
        await browserPage.open("about:blank");
        expect(await watched.passed()).toBe(0);
        expect(watched.refused()).toBeGreaterThan(30);
        await watched.isAsBefore();
      });
    }

    test_("a name that was bound anew to this computer reads and changes nothing", async ({ browserPage, program }) => {
      await letIn(browserPage, program);
      const watched = await watchProgram(program);
      await browserPage.open(`http://rebound.example.test:${program.port}/hostile`);
      expect(await browserPage.run(readOwnOrigin)).toEqual(["403 forbidden"]);
      await browserPage.open("about:blank");
      expect(await watched.passed()).toBe(0);
      await watched.isAsBefore();
    });

    test_("the program's page beside a hostile one is out of its reach", async ({ browserPage, hostile, program }) => {
      await letIn(browserPage, program);
      await browserPage.open(`http://127.0.0.1:${hostile.port}/hostile`);
      expect(await browserPage.run(openBeside, program.url)).toEqual([]);
    });
  });
}

test("the desktop works in Firefox, without a breach of its policy", async ({ firefoxPage, program }) => {
  test.setTimeout(120_000);
  await firefoxPage.open(program.launchUrl);
  const press = (words: string) =>
    firefoxPage.run((wanted) => {
      const button = [...document.querySelectorAll("button")].find((each) => each.textContent === wanted);
      button?.click();
      return button !== undefined;
    }, words);
  if (process.getuid?.() === 0) await expect.poll(() => press("Use This computer as root")).toBe(true);
  // Live figures of this computer, drawn.
  await expect.poll(() => firefoxPage.run(() => document.querySelectorAll("data[data-measure]").length), { timeout: 60_000 }).toBeGreaterThan(5);
  expect(await firefoxPage.run(() => document.title)).toBe("This computer – HeadlessOS");
  expect(await firefoxPage.run(() => location.hash)).toBe("");
  expect(await firefoxPage.complaints(program.url)).toEqual([]);
  await firefoxPage.open("about:blank");
});
