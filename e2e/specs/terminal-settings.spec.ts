// Every setting of the terminal takes effect at once in a terminal that is open, and is kept by the program.
import type { Locator } from "@playwright/test";
import { Desktop } from "../support/desktop.ts";
import { PROGRAM_ENDS, startProgram } from "../support/program.ts";
import { itermFile, windowsFile } from "../support/schemeFiles.ts";
import { kept, ShownTerminal } from "../support/terminalSettings.ts";
import { expect, test } from "../support/test.ts";

test.use({ usesThisComputer: true });
// A login shell may take its time, and each setting is a way through a dialog.
test.setTimeout(120_000);

/** The style of what the terminal is drawn in. */
const styleOf = (app: ShownTerminal, name: "fontFamily" | "fontSize") => app.screens.last().locator(".xterm-rows").evaluate((rows, key) => getComputedStyle(rows)[key], name);

test.describe("text", () => {
  test("the font, and no font that is not there", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    expect(await styleOf(app, "fontFamily")).toMatch(/^"JetBrains Mono Variable"/);
    const settings = await app.openSettings();
    const fonts = await settings.locator("datalist option").allTextContents();
    const font = settings.getByLabel("Font", { exact: true });
    await font.fill("No Such Font");
    await font.press("Enter");
    await expect(settings.getByText("This computer has no font of this name.")).toBeVisible();
    expect(await styleOf(app, "fontFamily")).toMatch(/^"JetBrains Mono Variable"/);
    const [name] = fonts;
    test.skip(name === undefined, "there is no other font for terminals on this computer");
    await font.fill(name ?? "");
    await font.press("Enter");
    await expect.poll(() => styleOf(app, "fontFamily")).toContain(name);
  });

  test("the size, in the settings and by keys", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const before = await app.lineHeight();
    await app.fill("Size (px)", "18");
    await expect.poll(() => styleOf(app, "fontSize")).toBe("18px");
    await expect.poll(() => app.lineHeight()).toBeGreaterThan(before * 1.3);
    await app.focus();
    await desktop.page.keyboard.press("Control++");
    await expect.poll(() => styleOf(app, "fontSize")).toBe("19px");
    await desktop.page.keyboard.press("Control+-");
    await desktop.page.keyboard.press("Control+-");
    await expect.poll(() => styleOf(app, "fontSize")).toBe("17px");
    await desktop.page.keyboard.press("Control+0");
    await expect.poll(() => styleOf(app, "fontSize")).toBe("13px");
  });

  test("the size of the text decides how many rows and columns the shell has", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    await app.type("stty size");
    await app.says(/^\d+ \d+$/m);
    const rows = async () => Number((await app.text()).match(/^\d+ \d+$/gm)?.at(-1)?.split(" ")[0]);
    const before = await rows();
    await app.fill("Size (px)", "26");
    await expect.poll(() => styleOf(app, "fontSize")).toBe("26px");
    await expect
      .poll(async () => {
        await app.type("clear; stty size");
        return rows();
      })
      .toBeLessThan(before * 0.7);
  });

  test("the line height", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    await app.fill("Line height", "1");
    await expect.poll(() => app.option("lineHeight")).toBe(1);
    const low = await app.lineHeight();
    await app.fill("Line height", "2");
    await expect.poll(() => app.lineHeight()).toBeGreaterThan(low * 1.8);
  });
});

test.describe("cursor", () => {
  test("its shape", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    for (const [choice, style] of [["Bar", "bar"], ["Underline", "underline"], ["Block", "block"]] as const) {
      await app.choose("Shape", choice);
      await app.focus();
      await expect(app.screens.locator(`.xterm-cursor-${style}`)).toBeVisible();
    }
  });

  test("whether it blinks", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    await expect(app.screens.locator(".xterm-cursor-blink")).toHaveCount(1);
    await app.turn("Blink", false);
    await app.focus();
    await expect(app.screens.locator(".xterm-cursor")).toHaveCount(1);
    await expect(app.screens.locator(".xterm-cursor-blink")).toHaveCount(0);
    await app.turn("Blink", true);
    await app.focus();
    await expect(app.screens.locator(".xterm-cursor-blink")).toHaveCount(1);
  });
});

test.describe("colours", () => {
  test("a scheme, and the one that is like the desktop", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const background = async () => (await app.theme())["background"];
    const pane = desktop.page.locator("[data-pane]").filter({ visible: true });
    await expect.poll(background).toBe("#10141a");
    await app.choose("Scheme", "Dracula");
    await expect.poll(background).toBe("#282a36");
    await expect(pane).toHaveCSS("background-color", "rgb(40, 42, 54)");
    await desktop.page.emulateMedia({ colorScheme: "light" });
    await expect.poll(background).toBe("#282a36");
    await app.choose("Scheme", "Like the desktop");
    await expect.poll(background).toBe("#fbfcfd");
    await expect(pane).toHaveCSS("background-color", "rgb(251, 252, 253)");
    await desktop.taskbar.getByRole("button", { name: "Appearance" }).click();
    await desktop.dialog("Appearance").getByText("Dark", { exact: true }).click();
    await expect.poll(background).toBe("#10141a");
  });

  test("imported from iTerm2, and removed", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const settings = await app.openSettings();
    await importInto(settings, "Deep Sea.itermcolors", itermFile());
    await expect(settings.getByRole("status").filter({ hasText: "1 scheme imported" })).toContainText("Deep Sea");
    await expect(settings.getByRole("radio", { name: "Deep Sea" })).toBeChecked();
    await expect.poll(async () => (await app.theme())["background"]).toBe("#003366");
    expect((await app.theme())["red"]).toBe("#ff0000");
    await settings.getByRole("button", { name: "Remove scheme Deep Sea" }).click();
    await expect(settings.getByRole("radio", { name: "Deep Sea" })).toHaveCount(0);
    await expect(settings.getByRole("radio", { name: "Like the desktop" })).toBeChecked();
    await expect.poll(async () => (await app.theme())["background"]).toBe("#10141a");
  });

  test("imported from Windows Terminal; what is no scheme is refused", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    const settings = await app.openSettings();
    await importInto(settings, "settings.json", windowsFile());
    await expect(settings.getByRole("status").filter({ hasText: "2 schemes imported" })).toContainText("Moss, Rust");
    await settings.getByRole("radio", { name: "Moss", exact: true }).check();
    await expect.poll(async () => (await app.theme())["background"]).toBe("#101810");
    expect((await app.theme())["magenta"]).toBe("#aa00aa");
    await importInto(settings, "holiday.json", '{"photo": 1}');
    await expect(settings.getByText("holiday.json was not imported")).toBeVisible();
    await expect.poll(async () => (await app.theme())["background"]).toBe("#101810");
  });
});

test.describe("all of them", () => {
  test.use({ expectedErrors: [PROGRAM_ENDS] });

  test("survive a reload, and a restart of the program", async ({ desktop, program }) => {
    const { page } = desktop;
    const app = await ShownTerminal.open(desktop);
    const settings = await app.openSettings();
    const fill = async (name: string, value: string) => {
      await settings.getByLabel(name, { exact: true }).fill(value);
      await settings.getByLabel(name, { exact: true }).press("Enter");
    };
    await fill("Size (px)", "16");
    await fill("Line height", "1.4");
    await fill("Lines kept above the screen", "4321");
    await fill("Shell for new terminals", "/bin/sh");
    for (const [legend, choice] of [["Shape", "Bar"], ["Bell", "Nothing"], ["Drawn with", "DOM"]] as const) {
      await settings.getByRole("group", { name: legend }).getByRole("radio", { name: choice, exact: true }).check();
    }
    const switches = { Blink: false, "Copy what is selected": true, "Ask before several lines are pasted": false, "Programs may write to the clipboard": true, "Screen reader output": true };
    for (const [name, isOn] of Object.entries(switches)) await settings.getByRole("switch", { name }).setChecked(isOn);
    await importInto(settings, "Deep Sea.itermcolors", itermFile());
    await expect(settings.getByRole("radio", { name: "Deep Sea" })).toBeChecked();
    await settings.getByRole("button", { name: "Done" }).click();

    const wanted = {
      fontFamily: "",
      fontSize: 16,
      lineHeight: 1.4,
      cursorStyle: "bar",
      cursorBlink: false,
      scrollbackLines: 4321,
      renderer: "dom",
      bell: "none",
      copyOnSelect: true,
      clipboardWrite: true,
      warnOnPaste: false,
      screenReader: true,
      shell: "/bin/sh",
      schemes: [{ name: "Deep Sea", background: "#003366" }],
    };
    const isKept = (where: Desktop) => expect.poll(async () => (await kept<{ terminal: unknown }>(where, "preferences")).terminal).toMatchObject(wanted);
    const applies = async () => {
      await expect.poll(() => app.option("fontSize")).toBe(16);
      for (const [name, value] of [["lineHeight", 1.4], ["cursorStyle", "bar"], ["cursorBlink", false], ["scrollback", 4321], ["screenReaderMode", true]] as const) expect(await app.option(name)).toBe(value);
      expect((await app.theme())["background"]).toBe("#003366");
    };
    await applies();
    await isKept(desktop);
    await page.reload();
    await app.isReady();
    await applies();
    await isKept(desktop);

    // Away, so that no page asks a program that is not there.
    await page.goto("about:blank");
    await program.end();
    const again = await startProgram(program.folder);
    try {
      await desktop.open(again.launchUrl, true);
      await isKept(desktop);
      await desktop.taskbar.getByRole("button", { name: "Terminal" }).click();
      await app.isReady();
      await applies();
      await page.goto("about:blank");
    } finally {
      await again.end();
    }
  });

  test("go back to the defaults, and forward again", async ({ desktop }) => {
    const app = await ShownTerminal.open(desktop);
    await app.fill("Size (px)", "20");
    await app.choose("Shape", "Underline");
    await app.turn("Blink", false);
    await app.choose("Scheme", "Nord");
    const settings = await app.openSettings();
    await settings.getByRole("button", { name: "Back to defaults" }).click();
    await expect(settings.getByText("Everything is back to its default.")).toBeVisible();
    await expect.poll(() => app.option("fontSize")).toBe(13);
    expect([await app.option("cursorStyle"), await app.option("cursorBlink"), (await app.theme())["background"]]).toEqual(["block", true, "#10141a"]);
    await settings.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => app.option("fontSize")).toBe(20);
    expect([await app.option("cursorStyle"), await app.option("cursorBlink"), (await app.theme())["background"]]).toEqual(["underline", false, "#2e3440"]);
    await expect(settings.getByRole("spinbutton", { name: /^Size/ })).toHaveValue("20");
  });
});

async function importInto(settings: Locator, name: string, text: string): Promise<void> {
  await settings.locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}
