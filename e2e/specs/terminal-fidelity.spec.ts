// What a terminal shows stays the same when the page is loaded anew: each cell with its attributes, the cursor and the modes, by a reference page of control sequences.
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printed, SCENES } from "../support/reference.ts";
import { TerminalApp, type Pane } from "../support/terminal.ts";
import { expect, test as base } from "../support/test.ts";

/** What is read of a cell here. */
interface Cell {
  getWidth: () => number;
  getChars: () => string;
  getFgColor: () => number;
  getBgColor: () => number;
  getFgColorMode: () => number;
  getBgColorMode: () => number;
  isBold: () => number;
  isDim: () => number;
  isItalic: () => number;
  isUnderline: () => number;
  isInverse: () => number;
  isInvisible: () => number;
  isStrikethrough: () => number;
  isOverline: () => number;
  /** Not in the public interface. */
  extended?: { underlineStyle: number; underlineColor: number };
}
interface Line {
  length: number;
  isWrapped: boolean;
  getCell: (x: number) => Cell | undefined;
}
interface Xterm {
  cols: number;
  rows: number;
  buffer: { active: { type: string; length: number; baseY: number; cursorX: number; cursorY: number; getLine: (y: number) => Line | undefined } };
  modes: Record<string, unknown>;
}

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "headlessos-fidelity-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});
test.use({ usesThisComputer: true });
test.setTimeout(120_000);

/** Line by line, cell by cell; what cannot be seen is left out, and so are blanks at the end of a line. */
async function snapshot(pane: Pane): Promise<string[]> {
  return pane.host.evaluate((element) => {
    const { xterm: term } = element as unknown as { xterm: Xterm };
    const { active } = term.buffer;
    const color = (mode: number, value: number) => (mode === 0 ? "" : `${mode.toString(16)}:${value.toString(16)}`);
    const look = (cell: Cell): string => {
      const underline = cell.isUnderline() === 0 ? "" : `_${cell.extended?.underlineStyle ?? 1}/${cell.extended?.underlineColor ?? 0}`;
      const drawn = [underline, cell.isInverse() && "inverse", cell.isStrikethrough() && "strike", cell.isOverline() && "over"].filter(Boolean).join("");
      const background = color(cell.getBgColorMode(), cell.getBgColor());
      const isBlank = cell.getChars().trim() === "" && cell.getWidth() === 1;
      if (isBlank && drawn === "") return background === "" ? "" : `[ on ${background}]`;
      const foreground = color(cell.getFgColorMode(), cell.getFgColor());
      const weight = [cell.isBold() && "bold", cell.isDim() && "dim", cell.isItalic() && "italic", cell.isInvisible() && "hidden"].filter(Boolean).join("");
      const all = [foreground, background, drawn, isBlank ? "" : weight].join("|");
      return all === "|||" ? cell.getChars() : `[${cell.getChars()} ${all}]`;
    };
    const lines = Array.from({ length: active.length }, (_, y) => {
      const line = active.getLine(y);
      const cells = Array.from({ length: line?.length ?? 0 }, (_, x) => line?.getCell(x)).map((cell) => (cell === undefined || cell.getWidth() === 0 ? "\u2190" : look(cell)));
      const length = cells.findLastIndex((cell) => cell !== "") + 1;
      const mark = y > 0 && line?.isWrapped === true ? "+" : " ";
      return mark + cells.slice(0, length).map((cell) => (cell === "" ? " " : cell)).join("");
    });
    return [`${active.type} ${term.cols}x${term.rows}, cursor ${active.cursorX},${active.cursorY}, ${active.baseY} above`, JSON.stringify(term.modes), ...lines];
  });
}

/** How often the page looks the same in a row when it has shown all and the program has sent all. */
const LOOKS_AT_REST = 4;

async function atRest(pane: Pane): Promise<string[]> {
  let last: string[] = [];
  let alike = 0;
  await expect
    .poll(
      async () => {
        const before = last;
        last = await snapshot(pane);
        alike = JSON.stringify(before) === JSON.stringify(last) ? alike + 1 : 1;
        return alike >= LOOKS_AT_REST;
      },
      { intervals: [150] },
    )
    .toBe(true);
  return last;
}

/** A script that prints a scene, waits for Enter, prints the probe, waits again; it says how far it is by a file. */
async function start(pane: Pane, folder: string, text: string, probe: string): Promise<void> {
  await writeFile(join(folder, "scene"), printed(text));
  await writeFile(join(folder, "probe"), probe);
  await writeFile(join(folder, "run"), "stty -echo; cat scene; : >shown; read -r _; cat probe; : >probed; read -r _; printf '\\033c'; stty echo; rm shown probed\n");
  await pane.enter(`(cd '${folder}' && sh ./run)`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What is shown, and the same after a reload. */
async function isTheSameAfterReload(pane: Pane, step: string): Promise<void> {
  const live = await atRest(pane);
  await pane.page.reload();
  await pane.host.and(pane.page.locator("[data-ready]")).waitFor({ timeout: 60_000 });
  expect(await atRest(pane), step).toEqual(live);
}

for (const { name, text, probe, isResized = false } of SCENES) {
  test(`${name}: the same after a reload`, async ({ desktop, folder }) => {
    await desktop.isConnected("This computer");
    const app = new TerminalApp(desktop, "This computer");
    const pane = await app.open();
    // So that it follows the size of the page.
    if (isResized) await app.maximise();
    await pane.focus();
    await start(pane, folder, text, probe ?? "");
    await expect.poll(() => exists(join(folder, "shown"))).toBe(true);
    await isTheSameAfterReload(pane, "the scene");
    await pane.focus();
    await pane.press("Enter");
    await expect.poll(() => exists(join(folder, "probed"))).toBe(true);
    await isTheSameAfterReload(pane, "what came after it");
    if (!isResized) return;
    const large = await pane.size();
    await pane.page.setViewportSize({ width: 1100, height: 760 });
    await expect.poll(() => pane.size()).not.toEqual(large);
    await isTheSameAfterReload(pane, "smaller");
    await pane.page.setViewportSize({ width: 1440, height: 900 });
    await expect.poll(() => pane.size()).toEqual(large);
    await isTheSameAfterReload(pane, "larger");
  });
}
