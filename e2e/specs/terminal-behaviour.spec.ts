// What the terminal does as it was chosen: lines kept, the bell, the clipboard, pasting, the shell, drawing and reading out; at once, in a terminal that is open.
import type { Desktop } from "../support/desktop.ts";
import { kept, ShownTerminal } from "../support/terminalSettings.ts";
import { expect, test } from "../support/test.ts";

test.use({ usesThisComputer: true });
// A login shell may take its time, and each setting is a way through a dialog.
test.setTimeout(120_000);

interface Terminals {
  terminals: { id: string; bells: number }[];
}

test.describe("behaviour", () => {
  test("how many lines are kept, on the page and in the program", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    await app.type("seq 900; echo counted");
    await app.says("counted");
    expect(await app.linesAbove()).toBeGreaterThan(800);
    await app.fill("Lines kept above the screen", "150");
    await expect.poll(() => app.linesAbove()).toBe(150);
    await app.type("seq 2000 2900; echo again");
    await app.says("again");
    await expect.poll(() => app.linesAbove()).toBe(150);
    const { terminals } = await kept<Terminals>(desktop, "terminals");
    const lines = await desktop.page.evaluate(async (id) => (await (await fetch(`/api/terminals/${id}/text`)).text()).trimEnd().split("\n"), terminals[0]?.id);
    expect(lines.length).toBeGreaterThan(150);
    expect(lines.length).toBeLessThan(150 + 60);
    expect(lines).toContain("2900");
    expect(lines).not.toContain("2500");
  });

  test("what the bell does", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const rung = await countBells(desktop);
    const ring = async (mark: string) => {
      await app.type(`printf '\\a'; echo ${mark}`);
      await app.says(mark);
    };
    await ring("shown");
    await expect.poll(rung).toEqual({ shown: 1, sounded: 0 });
    await app.choose("Bell", "Sound");
    await ring("sounded");
    await expect.poll(rung).toEqual({ shown: 1, sounded: 1 });
    await app.choose("Bell", "Nothing");
    await ring("silent");
    await expect.poll(async () => (await kept<Terminals>(desktop, "terminals")).terminals[0]?.bells).toBe(3);
    expect(await rung()).toEqual({ shown: 1, sounded: 1 });
  });

  test("whether selecting copies", async ({ desktop, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const app = await ShownTerminal.open(desktop);
    const select = async (word: string) => {
      await app.type(`printf '\\033[H\\033[2J%s\\n' ${word}`);
      await app.says(new RegExp(`^${word}\\n`));
      await app.screens.locator(".xterm-screen").dblclick({ position: { x: 12, y: 8 } });
    };
    await write(desktop, "before");
    await select("selected");
    expect(await clipboard(desktop)).toBe("before");
    await app.turn("Copy what is selected", true);
    await select("copied");
    await expect.poll(() => clipboard(desktop)).toBe("copied");
    await expect(desktop.page.getByText("Copied 6 characters.")).toBeVisible();
  });

  test("whether programs may write to the clipboard", async ({ desktop, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const app = await ShownTerminal.open(desktop);
    const send = async (base64: string, mark: string) => {
      await app.type(`printf '\\033]52;c;${base64}\\007'; echo ${mark}`);
      await app.says(mark);
    };
    await write(desktop, "mine");
    await send("c3RvbGVu", "refused");
    // Another line after it has come, so that the first would have been there.
    await app.type("echo settled");
    await app.says("settled");
    expect(await clipboard(desktop)).toBe("mine");
    await app.turn("Programs may write to the clipboard", true);
    await send("Z2l2ZW4=", "allowed");
    await expect.poll(() => clipboard(desktop)).toBe("given");
    await expect(desktop.page.getByText("A program on This computer copied 5 characters.")).toBeVisible();
  });

  test("whether several lines are pasted without a question", async ({ desktop, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const app = await ShownTerminal.open(desktop);
    const { keyboard } = desktop.page;
    await write(desktop, "echo first$((40+1))\necho first$((40+2))\n");
    await app.focus();
    await keyboard.press("Control+Shift+V");
    const question = desktop.dialog("Paste 2 lines?");
    await expect(question.getByRole("textbox", { name: "Text to paste" })).toHaveValue("echo first$((40+1))\necho first$((40+2))\n");
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toBeHidden();
    expect(await app.text()).not.toContain("first");
    await app.turn("Ask before several lines are pasted", false);
    await app.focus();
    await keyboard.press("Control+Shift+V");
    await app.type("");
    await app.says("first41");
    await app.says("first42");
    await expect(question).toBeHidden();
  });

  test("the shell of new terminals", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const settings = await app.openSettings();
    const shell = settings.getByLabel("Shell for new terminals", { exact: true });
    await shell.fill("sh");
    await shell.press("Enter");
    await expect(settings.getByText("Write the whole path")).toBeVisible();
    await shell.fill("/bin/sh");
    await shell.press("Enter");
    await settings.getByRole("button", { name: "Done" }).click();
    await desktop.page.keyboard.press("Control+Shift+Enter");
    await expect(desktop.page.getByRole("tab")).toHaveCount(2);
    await app.isReady();
    await app.type("echo shell=$0");
    await app.says(/^shell=-?(\/bin\/)?sh$/m);
    await app.type("readlink /proc/$$/exe; readlink -f /bin/sh; echo both");
    await app.says("both");
    const paths = (await app.text()).split("\n").filter((line) => line.startsWith("/"));
    expect(paths).toHaveLength(2);
    expect(paths[0]).toBe(paths[1]);
  });
});

test.describe("speed and access", () => {
  test("what draws the characters", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const canvases = app.screens.locator(".xterm-screen canvas");
    const rows = app.screens.locator(".xterm-rows");
    await app.choose("Drawn with", "DOM");
    await expect(rows).toBeVisible();
    await expect(canvases).toHaveCount(0);
    await app.choose("Drawn with", "WebGL");
    await expect(rows).toHaveCount(0);
    await expect.poll(() => canvases.count()).toBeGreaterThan(0);
    await app.choose("Drawn with", "DOM");
    await expect(rows).toBeVisible();
    await expect(canvases).toHaveCount(0);
    await app.type("echo drawn");
    await expect(rows.getByText("drawn", { exact: true })).toBeVisible();
    // The browser of the tests has no graphics processor, or it has one.
    await app.choose("Drawn with", "Automatic");
    const isSoftware = await desktop.page.evaluate(() => {
      const gl = document.createElement("canvas").getContext("webgl2");
      const info = gl?.getExtension("WEBGL_debug_renderer_info");
      return gl == null || info == null || /swiftshader|llvmpipe|software/i.test(String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)));
    });
    if (isSoftware) await expect(canvases).toHaveCount(0);
    else await expect.poll(() => canvases.count()).toBeGreaterThan(0);
  });

  test("what a screen reader hears", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const live = app.screens.locator("[aria-live=assertive]");
    await expect(live).toHaveCount(0);
    await app.turn("Screen reader output", true);
    await app.type("echo heard-$((40+2))");
    await expect(live).toContainText("heard-42");
    await expect(app.screens.getByRole("listitem").filter({ hasText: /^heard-42$/ })).toHaveCount(1);
    await app.turn("Screen reader output", false);
    await expect(live).toHaveCount(0);
  });
});

function clipboard({ page }: Desktop): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

function write({ page }: Desktop, text: string): Promise<void> {
  return page.evaluate((what) => navigator.clipboard.writeText(what), text);
}

/** Counts what the bell does on the page from now on. */
async function countBells({ page }: Desktop): Promise<() => Promise<{ shown: number; sounded: number }>> {
  const counts = await page.evaluateHandle(() => {
    const rung = { shown: 0, sounded: 0 };
    const isBell = (node: Node) => node instanceof HTMLElement && node.dataset["bell"] !== undefined;
    new MutationObserver((records) => {
      for (const { addedNodes } of records) rung.shown += [...addedNodes].filter(isBell).length;
    }).observe(document.body, { childList: true, subtree: true });
    const create = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function createOscillator() {
      rung.sounded += 1;
      return create.call(this);
    };
    return rung;
  });
  return () => counts.jsonValue();
}
