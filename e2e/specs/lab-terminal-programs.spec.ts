// The programs an administrator lives in: each is used in a window that fills the screen, in a small one and on a phone, and goes through all three while it runs.
import { randomBytes } from "node:crypto";
import { ask, labHost, whyNot, type LabHost } from "../support/lab.ts";
import { TerminalApp, type Pane, type Size } from "../support/terminal.ts";
import { expect, test } from "../support/test.ts";

test.setTimeout(180_000);

/** One shell on one host, and the folder that the test may use there. */
interface Place {
  host: LabHost;
  app: TerminalApp;
  pane: Pane;
  folder: string;
  /** The shell's terminal on the server. */
  device: string;
}
type Rows = readonly string[];

/** There is much to wait for, each time for a moment. */
const OFTEN = { intervals: [50, 50, 100, 200] };

interface Program {
  name: string;
  /** The line that starts it. */
  start: (folder: string) => string;
  /** Whether it fills a screen of this size, and nothing but it. */
  fills: (rows: Rows, size: Size) => boolean;
  /** Keys that draw everything anew, move, and move back. */
  keys: readonly [anew: string, there: string, back: string] | null;
  /** Uses it and ends it. */
  use: (place: Place) => Promise<void>;
}

const LINES = Array.from({ length: 300 }, (_, at) => `${at + 1} ${"abcdefghij".repeat(3)}`);

const PROGRAMS: readonly Program[] = [
  {
    name: "vim",
    start: (folder) => `vim ${folder}/lines`,
    fills: (rows, size) => isText(rows.slice(0, -1)) && /1,1 +Top$/.test(rows.at(-1) ?? "") && (rows.at(-1) ?? "").length > size.columns - 18,
    keys: ["Control+L", "j", "k"],
    use: async ({ host, pane, folder }) => {
      await pane.type("Oäöü “new” first");
      await pane.press("Escape");
      await pane.enter(":wq");
      await expect.poll(async () => (await pane.modes()).isAlternate).toBe(false);
      expect((await ask(host, "head", "-n2", `${folder}/lines`)).split("\n")).toEqual(["äöü “new” first", LINES[0], ""]);
    },
  },
  {
    name: "less",
    start: (folder) => `less ${folder}/lines`,
    fills: (rows) => isText(rows.slice(0, -1), (rows[0] ?? "").split(" ")[0]) && (rows.at(-1) ?? "").length > 0,
    keys: ["Control+L", "j", "k"],
    use: async ({ pane }) => {
      await pane.press("G");
      await pane.shows(LINES.at(-1) ?? "");
      await pane.press("g");
      await pane.shows(/^1 abc/m);
      await pane.enter("/^200 ");
      await expect.poll(async () => (await pane.screen())[0]).toBe(LINES[199]);
      await pane.press("q");
    },
  },
  {
    name: "nano",
    start: (folder) => `nano ${folder}/lines`,
    fills: (rows) => (rows[0] ?? "").includes("/lines") && isText(rows.slice(1, -3)) && (rows.at(-1) ?? "").startsWith("^X Exit"),
    keys: ["Control+L", "ArrowDown", "ArrowUp"],
    use: async ({ host, pane, folder }) => {
      await pane.enter("written by nano");
      await pane.press("Control+O");
      await pane.shows("File Name to Write");
      await pane.press("Enter");
      await pane.shows(/Wrote \d+ lines/);
      await pane.press("Control+X");
      expect((await ask(host, "head", "-n1", `${folder}/lines`)).trim()).toBe("written by nano");
    },
  },
  {
    name: "mc",
    start: (folder) => `mc ${folder} ${folder}`,
    fills: (rows, size) => {
      const top = rows.findIndex((row) => row.startsWith("┌"));
      const border = rows[top] ?? "";
      return top >= 0 && border.length === size.columns && border.endsWith("┐") && (rows.at(-1) ?? "").startsWith(" 1Help") && (rows.at(-1) ?? "").length <= size.columns;
    },
    keys: ["Control+L", "ArrowDown", "ArrowUp"],
    use: async ({ pane }) => {
      await pane.shows(/│.*lines.*│/);
      await pane.press("F10");
      await expect
        .poll(async () => {
          if ((await pane.screen()).some((row) => row.includes("Do you really want to quit"))) await pane.press("Enter");
          return (await pane.modes()).isAlternate;
        })
        .toBe(false);
    },
  },
  {
    name: "htop",
    start: () => "htop",
    fills: (rows, size) => /^F1Help/.test(rows.at(-1) ?? "") && rows.some((row) => /^ *PID USER/.test(row)) && rows.slice(0, -1).every((row) => row.length <= size.columns && !/F\dHelp/.test(row)),
    // Its figures change by themselves.
    keys: null,
    use: async ({ pane }) => {
      await pane.press("F3");
      await pane.shows(/^F3Next/m);
      await pane.press("Escape");
      await pane.shows(/^F1Help/m);
      await pane.press("q");
    },
  },
  {
    name: "dialog",
    start: (folder) => `dialog --yesno 'Is it so?' 7 30; echo $? >${folder}/answer`,
    fills: (rows, { columns, rows: height }) => {
      const top = rows.findIndex((row) => row.includes("┌"));
      const left = (rows[top] ?? "").indexOf("┌");
      return Math.abs(left - Math.floor((columns - 30) / 2)) <= 1 && Math.abs(top - Math.floor((height - 7) / 2)) <= 1 && rows.filter((row) => row.includes("┌")).length === 1;
    },
    keys: ["Control+L", "Tab", "Tab"],
    use: async ({ host, pane, folder }) => {
      await pane.press("Tab", "Enter");
      await expect.poll(async () => ask(host, "sh", "-c", `cat ${folder}/answer 2>/dev/null; true`)).toBe("1\n");
    },
  },
  {
    name: "tmux",
    start: (folder) => `tmux -f /dev/null -S ${folder}/tmux new`,
    fills: (rows, size) => /^\[0\] 0:/.test(rows.at(-1) ?? "") && (rows.at(-1) ?? "").length === size.columns,
    keys: null,
    use: async ({ host, pane, folder }) => {
      const tmux = (...words: string[]) => ask(host, "tmux", "-S", `${folder}/tmux`, ...words);
      await pane.enter("echo left $((6 * 7)) half");
      await pane.shows("left 42 half");
      await pane.press("Control+B", "%");
      await pane.shows("│");
      await pane.enter("echo right $((6 * 7)) half");
      await pane.shows("right 42 half");
      // Both halves as tmux itself has them, and the line between them.
      const { columns } = await pane.size();
      await expect
        .poll(async () => {
          const [left = [], right = []] = await Promise.all([0, 1].map(async (half) => (await tmux("capture-pane", "-p", "-t", String(half))).split("\n")));
          const width = Number(await tmux("display", "-p", "-t", "0", "#{pane_width}"));
          const rows = (await pane.screen()).slice(0, -1);
          const own = rows.map((_, row) => `${(left[row] ?? "").padEnd(width)}│${right[row] ?? ""}`.trimEnd());
          return width < columns && JSON.stringify(rows) === JSON.stringify(own);
        })
        .toBe(true);
      await pane.press("Control+B", "d");
      await pane.shows(/^\[detached/m);
      await tmux("kill-server");
    },
  },
  {
    name: "python3",
    start: () => "python3 -q",
    fills: (rows) => (rows.findLast((row) => row !== "") ?? "").startsWith(">>>"),
    keys: null,
    use: async ({ pane }) => {
      const { columns, rows } = await pane.size();
      await pane.enter("1+1");
      await pane.shows(/^>>> 1\+1\n2\n>>>/m);
      await pane.enter("import os; tuple(os.get_terminal_size())");
      await pane.shows(`(${columns}, ${rows})`);
      await pane.press("Control+D");
    },
  },
];

/** Whether the rows are the file's lines from this number on, and nothing else; each may take several rows. */
function isText(rows: Rows, from = "1"): boolean {
  const first = LINES.findIndex((line) => line.startsWith(`${from} `));
  const text = LINES.slice(first).join("\n");
  return first >= 0 && rows.length > 3 && text.startsWith(rows.join("\n"));
}

/** The three sizes, each taken from the one before. */
const SHAPES: readonly ((app: TerminalApp) => Promise<void>)[] = [
  (app) => app.restore(),
  (app) => app.page.setViewportSize({ width: 390, height: 844 }),
  async (app) => {
    await app.page.setViewportSize({ width: 1440, height: 900 });
    await app.maximise();
  },
];

async function fills({ pane }: Place, program: Program, size: Size): Promise<void> {
  const message = `${program.name} at ${size.columns} × ${size.rows}`;
  const state = async () => {
    const screen = await pane.screen();
    return program.fills(screen, size) || screen.join("\n");
  };
  await expect.poll(state, { message, ...OFTEN }).toBe(true);
}

/** What is left over from another size would go when all is drawn anew; nothing does. */
async function isWhole({ pane }: Place, program: Program): Promise<void> {
  if (program.keys === null) return;
  const message = `${program.name}, drawn anew`;
  const state = async () => ({ screen: await pane.screen(), cursor: await pane.cursor() });
  const before = await state();
  const [anew, there, back] = program.keys;
  await pane.press(anew, there);
  await expect.poll(state, { message, ...OFTEN }).not.toEqual(before);
  await pane.press(back);
  await expect.poll(state, { message, ...OFTEN }).toEqual(before);
}

for (const [name, user] of [
  ["deb12", "admin"],
  ["busybox", "root"],
] as const) {
  test(`full-screen programs on ${name}, at every size`, async ({ desktop }) => {
    const host = labHost(name);
    test.skip(host === null, whyNot(name));
    if (host === null) return;
    const folder = `/tmp/e2e-${randomBytes(6).toString("hex")}`;
    await desktop.connect(host, user);
    const app = new TerminalApp(desktop, host.name);
    const pane = await app.open();
    await app.maximise();
    const [device = ""] = await pane.run(`mkdir ${folder}; cd ${folder}; tty`);
    const place: Place = { host, app, pane, folder, device };
    for (const program of PROGRAMS) {
      await test.step(program.name, async () => {
        await ask(host, "sh", "-c", `seq 1 300 | sed 's/$/ ${"abcdefghij".repeat(3)}/' >${folder}/lines; chown ${user} ${folder}/lines`);
        let size = await pane.size();
        await pane.enter(`clear; ${program.start(folder)}`);
        await fills(place, program, size);
        for (const shape of SHAPES) {
          await shape(app);
          const { columns } = size;
          size = await pane.hasSize(host, device, (now) => now.columns !== columns);
          await fills(place, program, size);
          await isWhole(place, program);
        }
        await program.use(place);
        await expect.poll(async () => (await pane.modes()).isAlternate, { message: `${program.name} has ended` }).toBe(false);
      });
    }
    // The shell is as before them, and nothing they set stays.
    expect(await pane.run("echo $((6 * 7))")).toEqual(["42"]);
    expect(await pane.modes()).toMatchObject({ mouse: "none", applicationCursor: false });
    await ask(host, "rm", "-rf", folder);
  });
}

test("a password that sudo asks for is not shown", async ({ desktop, richHost }) => {
  await desktop.connect(richHost, "admin");
  const pane = await new TerminalApp(desktop, richHost.name).open();
  await pane.enter("sudo -k id -u");
  await pane.shows("[sudo] password for admin:");
  await pane.enter("labpw");
  await expect.poll(async () => (await pane.lines()).includes("0")).toBe(true);
  expect(await pane.text()).not.toContain("labpw");
  expect(await pane.programText()).not.toContain("labpw");
});
