// Terminals on a real server: what survives a reload, a line that is cut and a connection that is lost, and that nothing is lost or doubled.
import { Desktop } from "../support/desktop.ts";
import { ask, type LabHost } from "../support/lab.ts";
import { startLine, type Line } from "../support/line.ts";
import { memoryBytes } from "../support/memory.ts";
import type { Program } from "../support/program.ts";
import { TerminalApp, type Pane } from "../support/terminal.ts";
import { expect, test as base, watch } from "../support/test.ts";

interface Fixtures {
  line: Line;
}
const test = base.extend<Fixtures>({
  line: async ({}, use) => {
    const line = await startLine();
    await use(line);
    await line.remove();
  },
});
test.setTimeout(180_000);

const LAST = 5_000_000;
/** How many lines a terminal keeps. */
const SCROLLBACK = 10_000;

async function openTerminal(desktop: Desktop, host: LabHost, user: string): Promise<Pane> {
  await desktop.connect(host, user);
  return new TerminalApp(desktop, host.name).open();
}

/** What is kept of a count is whole, in the page and in the program: each number once, in order, up to the last. */
async function hasCounted(pane: Pane): Promise<void> {
  const isDone = async () => (await pane.lines()).slice(-4).includes(String(LAST));
  await expect.poll(isDone, { timeout: 120_000 }).toBe(true);
  // The prompt below it.
  await expect.poll(async () => (await pane.lines()).at(-1)).toMatch(/[#$]\s*$/);
  const kept = await pane.lines();
  for (const lines of [kept, (await pane.programText()).split("\n")]) {
    const numbers = lines.filter((line) => /^\d+$/.test(line)).map(Number);
    expect(numbers.length).toBeGreaterThanOrEqual(SCROLLBACK);
    const wrong = numbers.findIndex((number, at) => number !== LAST - numbers.length + 1 + at);
    expect(wrong < 0 ? "whole" : numbers.slice(Math.max(0, wrong - 3), wrong + 3)).toBe("whole");
  }
  expect((await pane.programText()).trimEnd()).toBe(kept.join("\n").trimEnd());
}

/** Numbers from 0 up to 1 that are the same in each run. */
function* seeded(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Another page of the same browser, on the same terminal; what goes wrong on it is collected. */
async function anotherPage(desktop: Desktop, program: Program, pane: Pane): Promise<{ other: Pane; faults: string[] }> {
  const page = await desktop.page.context().newPage();
  const faults = await watch(page);
  await page.goto(program.url);
  const app = new TerminalApp(new Desktop(page), pane.app.serverName);
  const other = await app.pane();
  expect(other.id).toBe(pane.id);
  return { other, faults };
}

test("a reload in the middle of a count loses nothing and doubles nothing", async ({ desktop, richHost }) => {
  const pane = await openTerminal(desktop, richHost, "root");
  await pane.enter(`seq 1 ${LAST}`);
  await pane.shows(/^\d+$/m);
  for (let times = 0; times < 3; times += 1) {
    await desktop.page.reload();
    await pane.isReady();
  }
  await hasCounted(pane);
});

test.describe("over a line that is cut", () => {
  test.use({ proxy: async ({ line }, use) => use({ server: line.server }) });

  test("twenty cuts in the middle of a count lose nothing and double nothing", async ({ desktop, richHost, line }) => {
    const pane = await openTerminal(desktop, richHost, "root");
    const stop = `/tmp/e2e-stop-${pane.id}`;
    const random = seeded(1);
    // Some within the first picture, some long after it.
    line.cutNext(Array.from({ length: 20 }, () => 1000 + Math.floor(random.next().value ** 2 * 400_000)));
    await desktop.page.reload();
    await pane.isReady();
    await pane.focus();
    await pane.enter(`until [ -e ${stop} ]; do seq 1 ${LAST}; done`);
    await expect.poll(() => line.cuts(), { timeout: 90_000 }).toBe(20);
    await ask(richHost, "touch", stop);
    await hasCounted(pane);
    expect(await pane.run(`rm ${stop}; echo $((6 * 7))`)).toEqual(["42"]);
  });
});

test("Ctrl+C ends an endless output, which takes no memory", async ({ desktop, richHost, program }) => {
  const pane = await openTerminal(desktop, richHost, "root");
  const [device = ""] = await pane.run("tty");
  await pane.enter("yes");
  await pane.shows(/^y$/m);
  const pid = (await ask(richHost, "pgrep", "-t", device.replace("/dev/", ""), "-x", "yes")).trim();
  const written = async () => Number(/^wchar: (\d+)$/m.exec(await ask(richHost, "cat", `/proc/${pid}/io`))?.[1]);
  await expect.poll(written, { timeout: 60_000 }).toBeGreaterThan(10_000_000);
  const before = await memoryBytes(program);
  await expect.poll(written, { timeout: 90_000 }).toBeGreaterThan(60_000_000);
  expect((await memoryBytes(program)) - before).toBeLessThan(24 * 1024 * 1024);
  await pane.press("Control+C");
  await pane.shows(/\^C/);
  expect(await pane.run("echo $((6 * 7))")).toEqual(["42"]);
});

test("a session survives a reload: the shell, the screen, the modes and the title", async ({ desktop, richHost }) => {
  const pane = await openTerminal(desktop, richHost, "ops");
  const shell = await pane.run("echo $$");
  expect(shell[0]).toMatch(/^\d+$/);
  await pane.enter("PS1='$ '; PROMPT_COMMAND=; printf '\\033]2;kept title\\007'; vim -c 'set mouse=a' /etc/services");
  await expect.poll(() => pane.modes()).toMatchObject({ isAlternate: true, bracketedPaste: true, mouse: "drag" });
  await pane.enter("/^ntp");
  await pane.shows(/^ntp/m);
  // Vim has found it, and says in its last line where.
  await expect.poll(async () => (await pane.screen()).at(-1)).toMatch(/\d+,\d+ +\d+%/);
  await expect(pane.app.tab("kept title")).toBeVisible();
  const state = async () => ({ screen: await pane.screen(), modes: await pane.modes(), cursor: await pane.cursor(), size: await pane.size() });
  const before = await state();
  await desktop.page.reload();
  await pane.isReady();
  await expect.poll(state).toEqual(before);
  await expect(pane.app.tab("kept title")).toBeVisible();
  expect((await pane.app.terminals()).map(({ id }) => id)).toEqual([pane.id]);
  // Keys go to it without another click.
  await pane.enter(":q");
  await expect.poll(async () => (await pane.modes()).isAlternate).toBe(false);
  expect(await pane.run("echo $$")).toEqual(shell);
});

test("two pages on one terminal show the same, in the size of the page used last", async ({ desktop, richHost, program }) => {
  const pane = await openTerminal(desktop, richHost, "ops");
  const [device = ""] = await pane.run("tty");
  const { other, faults } = await anotherPage(desktop, program, pane);
  await expect.poll(() => other.lines()).toEqual(await pane.lines());
  const wide = await pane.size();
  await other.page.setViewportSize({ width: 640, height: 480 });
  await other.focus();
  const narrow = await other.hasSize(richHost, device, ({ columns }) => columns < wide.columns);
  expect(await other.run("echo $((6 * 7))")).toEqual(["42"]);
  await expect.poll(() => pane.size()).toEqual(narrow);
  await expect.poll(() => pane.lines()).toEqual(await other.lines());

  await desktop.page.bringToFront();
  await pane.focus();
  await pane.hasSize(richHost, device, ({ columns, rows }) => columns === wide.columns && rows === wide.rows);
  expect(await pane.run("echo $((7 * 7))")).toEqual(["49"]);
  await expect.poll(() => other.size()).toEqual(wide);
  await expect.poll(() => other.lines()).toEqual(await pane.lines());
  // To type is to use it, wherever the focus was before.
  expect(await other.run("echo $((8 * 8))")).toEqual(["64"]);
  await other.hasSize(richHost, device, ({ columns, rows }) => columns === narrow.columns && rows === narrow.rows);
  await expect.poll(() => pane.size()).toEqual(narrow);
  await other.page.close();
  expect(faults).toEqual([]);
});

test("a lost connection leaves the text, and a new shell begins below it", async ({ desktop, richHost, sshd }) => {
  await desktop.connect(richHost, "ops", sshd.port);
  const pane = await new TerminalApp(desktop, richHost.name).open();
  await pane.run("PS1='$ '; clear; seq 1 200; echo before the loss");
  const [before] = await pane.run("echo $$");
  const kept = await pane.lines();
  await sshd.kill();
  const reconnect = pane.group.getByRole("button", { name: "Reconnect" });
  await expect(pane.group.getByRole("status").filter({ has: pane.page.getByRole("button", { name: "Reconnect" }) })).toContainText("connection");
  await expect(pane.app.tab(/connection lost/)).toBeVisible();
  expect((await pane.lines()).slice(0, kept.length)).toEqual(kept);
  expect((await pane.info()).state.status).toBe("lost");
  await sshd.start();
  await reconnect.click();
  await expect.poll(async () => (await pane.info()).state.status, { timeout: 60_000 }).toBe("running");
  await expect(reconnect).toBeHidden();
  // Keys go to it without another click.
  const [after] = await pane.run("echo $$");
  expect(after).toMatch(/^\d+$/);
  expect(after).not.toBe(before);
  expect((await pane.lines()).slice(0, kept.length)).toEqual(kept);
});

test("a flood in one terminal leaves the other one usable", async ({ desktop, richHost }) => {
  const flooded = await openTerminal(desktop, richHost, "ops");
  await flooded.press("Control+Shift+D");
  await expect.poll(async () => (await flooded.app.terminals()).length).toBe(2);
  const other = await flooded.app.pane(1);
  await flooded.focus();
  await flooded.enter("yes flood");
  await flooded.shows(/^flood$/m);
  await other.focus();
  for (const word of ["one", "two", "three"]) expect(await other.run(`echo ${word} $((6 * 7))`)).toEqual([`${word} 42`]);
  await flooded.focus();
  await flooded.press("Control+C");
  expect(await flooded.run("echo $((6 * 7))")).toEqual(["42"]);
});
