// What comes into a terminal from outside: hostile output, pasted text, links and names; none of it does more than a person wants.
import { Desktop } from "../support/desktop.ts";
import { ask, type LabHost } from "../support/lab.ts";
import { memoryBytes } from "../support/memory.ts";
import { TerminalApp, type Pane } from "../support/terminal.ts";
import { expect, test, watch } from "../support/test.ts";

test.setTimeout(120_000);

const ESC = "\u001b";
/** Prints random bytes, and reads what the terminal answers to them; the place of the cursor is the last answer. */
const NOISE = `
import os, random, sys, tty
random.seed(int(sys.argv[1]))
tty.setcbreak(0)
sys.stdout.buffer.write(random.randbytes(2000000) + b"\\x1bc\\x1b[7;3H\\x1b[6n")
sys.stdout.flush()
answers = b""
while not answers.endswith(b"\\x1b[7;3R"):
    answers += os.read(0, 1)
`;

async function openTerminal(desktop: Desktop, host: LabHost): Promise<Pane> {
  await desktop.connect(host, "ops");
  const pane = await new TerminalApp(desktop, host.name).open();
  await pane.run("PS1='$ '; PROMPT_COMMAND=; clear");
  return pane;
}

async function copy(pane: Pane, text: string): Promise<void> {
  await pane.page.evaluate((text) => navigator.clipboard.writeText(text), text);
}

async function copied(pane: Pane): Promise<string> {
  return pane.page.evaluate(() => navigator.clipboard.readText());
}

test.describe("with the clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("pasting several lines asks first, and nothing in them acts like keys", async ({ desktop, richHost }) => {
    const pane = await openTerminal(desktop, richHost);
    const question = pane.app.dialog(/^Paste /);
    await copy(pane, "echo one $((6 * 7))");
    await pane.press("Control+Shift+V");
    await pane.shows("$ echo one $((6 * 7))");
    await expect(question).toBeHidden();
    await pane.press("Enter");
    await pane.shows(/^one 42$/m);

    // Not marked: each line end is an Enter.
    await pane.enter("stty -echo; printf '\\033[?2004l'; cat -v");
    await expect.poll(async () => (await pane.modes()).bracketedPaste).toBe(false);
    const hostile = `first\u0007${ESC}[201~\u0003 part\r\nsecond\u009bpart\n`;
    await copy(pane, hostile);
    await pane.press("Control+Shift+V");
    await expect(question).toHaveAccessibleName("Paste 2 lines?");
    await expect(question.getByRole("textbox", { name: "Text to paste" })).toHaveValue("first[201~ part\nsecondpart\n");
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toBeHidden();
    await pane.press("Control+Shift+V");
    await question.getByRole("button", { name: "Paste 2 lines" }).click();
    await pane.shows(/^first\[201~ part\nsecondpart$/m);
    expect((await pane.text()).match(/first/g)).toHaveLength(1);
    await pane.press("Control+C");

    // Marked, as the program in front asked for it.
    await pane.enter("printf '\\033[?2004h'; cat -v");
    await expect.poll(async () => (await pane.modes()).bracketedPaste).toBe(true);
    await pane.press("Control+Shift+V");
    await question.getByRole("button", { name: "Paste 2 lines" }).click();
    await pane.press("Enter");
    await pane.shows(/^\^\[\[200~first\[201~ part\nsecondpart\n\^\[\[201~$/m);
    await pane.press("Control+C");
    await pane.enter("stty sane");
    expect(await pane.run("echo $((6 * 7))")).toContain("42");
  });

  test("a program writes to the clipboard only where that is allowed", async ({ desktop, richHost }) => {
    const pane = await openTerminal(desktop, richHost);
    const write = (text: string) => pane.run(`printf '\\033]52;c;${Buffer.from(text).toString("base64")}\\007'`);
    await copy(pane, "mine");
    await write("theirs");
    expect(await copied(pane)).toBe("mine");
    await desktop.page.evaluate(async () => {
      const preferences = (await (await fetch("/api/preferences")).json()) as { terminal: object };
      const changed = { ...preferences, terminal: { ...preferences.terminal, clipboardWrite: true } };
      await fetch("/api/preferences", { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(changed) });
    });
    await write("theirs");
    await expect.poll(() => copied(pane)).toBe("theirs");
    await expect(pane.group.getByText(`A program on ${richHost.name} copied 6 characters.`)).toBeVisible();
    // It may write, and never read.
    expect(await pane.run("printf '\\033]52;c;?\\007'; read -rs -t 0.1 -n 1 key; echo \"<$key>\"")).toEqual(["<>"]);
  });
});

test("a tab in which a program runs asks before it is closed", async ({ desktop, richHost }) => {
  const pane = await openTerminal(desktop, richHost);
  const { app } = pane;
  const second = await app.newTab();
  const device = (await second.run("tty"))[0]?.replace("/dev/", "") ?? "";
  await second.enter("sleep 1000");
  const running = async () => (await ask(richHost, "sh", "-c", `pgrep -t ${device} -x sleep || :`)).trim();
  await expect.poll(running).not.toBe("");
  const question = app.dialog("Close terminal and end sleep?");
  await second.press("Control+Shift+X");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  expect(await running()).not.toBe("");
  await second.press("Control+Shift+X");
  await question.getByRole("button", { name: "Close terminal and end sleep" }).click();
  await expect.poll(running).toBe("");
  await expect.poll(async () => (await app.terminals()).map(({ id }) => id)).toEqual([pane.id]);
  // A shell alone is closed without a question.
  await pane.isReady();
  await pane.press("Control+Shift+X");
  await expect(app.window.getByText("No terminal is open")).toBeVisible();
  expect(await app.terminals()).toEqual([]);
});

test("links lead only where a browser may safely go, by Ctrl and click, and give nothing away", async ({ desktop, richHost }) => {
  const pane = await openTerminal(desktop, richHost);
  const { page } = pane;
  const asked: string[] = [];
  await page.context().route(/^https:\/\/docs\.example\.test\//, async (route) => {
    asked.push(`${route.request().url()} from ${(await route.request().allHeaders())["referer"] ?? "nobody"}`);
    await route.fulfill({ contentType: "text/html", body: "<title>Docs</title>" });
  });
  const opened: string[] = [];
  page.context().on("page", (other) => opened.push(other.url()));
  page.on("dialog", (dialog) => void dialog.dismiss().then(() => opened.push("a dialog")));
  const link = (address: string, text: string) => `\\033]8;;${address}\\033\\\\${text}\\033]8;;\\033\\\\\\n`;
  await pane.run(
    `clear; printf '${link("javascript:alert(1)", "script-link")}${link("data:text/html,x", "data-link")}${link("https://docs.example.test/marked", "marked-link")}see https://docs.example.test/plain.\\njavascript:alert(2)\\n'`,
  );
  const follow = async (text: string, keys: "Control" | null) => {
    const place = await pane.placeOf(text);
    await page.mouse.move(place.x, place.y);
    await page.mouse.move(place.x + 1, place.y);
    if (keys !== null) await page.keyboard.down(keys);
    await page.mouse.click(place.x + 1, place.y);
    if (keys !== null) await page.keyboard.up(keys);
  };
  for (const text of ["script-link", "data-link", "javascript:alert(2)"]) await follow(text, "Control");
  await follow("marked-link", null);
  await expect(pane.group.getByText("https://docs.example.test/marked · Ctrl+click")).toBeVisible();
  expect(opened).toEqual([]);
  for (const [text, path] of [
    ["marked-link", "marked"],
    ["https://docs", "plain"],
  ] as const) {
    const other = page.context().waitForEvent("page");
    await follow(text, "Control");
    const docs = await other;
    await expect(docs).toHaveTitle("Docs");
    expect(docs.url()).toBe(`https://docs.example.test/${path}`);
    expect(await docs.evaluate(() => window.opener === null)).toBe(true);
    await docs.close();
  }
  expect(asked).toEqual(["https://docs.example.test/marked from nobody", "https://docs.example.test/plain from nobody"]);
  expect(opened).toHaveLength(2);
});

test("what a terminal is asked is answered once, however many pages look", async ({ desktop, richHost, program }) => {
  const pane = await openTerminal(desktop, richHost);
  const page = await desktop.page.context().newPage();
  const faults = await watch(page);
  await page.goto(program.url);
  const app = new TerminalApp(new Desktop(page), richHost.name);
  await app.open();
  await desktop.page.bringToFront();
  await pane.focus();
  // A second answer would come up in the next round. Without echo from the start: an
  // answer may come before `read` turns it off, and would move the cursor.
  const ask = (question: string, end: string, name: string) => `printf '\\033[${question}' >/dev/tty; IFS= read -rsd ${end} ${name}; `;
  const round = `${ask("6n", "R", "at")}${ask("5n", "n", "well")}${ask("c", "c", "kind")}printf '%q %q %q\\n' "$at" "$well" "$kind"`;
  const answers = await pane.run(`stty -echo; for round in $(seq 20); do ${round}; done | sort | uniq -c; stty echo`);
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatch(/^ *20 \$'\\E\[\d+;1' \$'\\E\[0' \$'\\E\[\?[\d;]+'$/);
  await page.close();
  expect(faults).toEqual([]);
});

test("hostile names are shown as text, and an endless one takes no memory", async ({ desktop, richHost, program }) => {
  const pane = await openTerminal(desktop, richHost);
  await pane.run("printf '\\033]2;a\\001b\\302\\233c\\342\\200\\256<b>x</b>\\007'");
  await expect(pane.app.tab(/<b>x<\/b>/)).toBeVisible();
  const { title } = await pane.info();
  expect(title).not.toMatch(/\p{Cc}/u);
  expect(await pane.app.tab(/<b>x<\/b>/).textContent()).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);

  const before = await memoryBytes(program);
  await pane.run("printf '\\033]2;'; head -c 60000000 /dev/zero | tr '\\0' x; printf '\\007'", 90_000);
  expect((await memoryBytes(program)) - before).toBeLessThan(24 * 1024 * 1024);
  expect(((await pane.info()).title ?? "").length).toBeLessThan(2000);
  for (const opener of ["P", "_", "^", "X"]) await pane.run(`printf '\\033${opener}'; head -c 3000000 /dev/zero | tr '\\0' x; printf '\\033\\\\'`, 30_000);
  expect(await pane.run("clear; echo $((6 * 7))")).toEqual(["42"]);
});

test("a terminal works after random bytes and reset, and shows the same after a reload", async ({ desktop, richHost }) => {
  const pane = await openTerminal(desktop, richHost);
  const script = `/tmp/e2e-${pane.id}.py`;
  await ask(richHost, "sh", "-c", `echo ${Buffer.from(NOISE).toString("base64")} | base64 -d >${script}`);
  for (const seed of [1, 2, 3]) {
    await pane.enter(`python3 ${script} ${seed}; stty sane; reset; echo "random ""${seed} over"`);
    await pane.shows(`random ${seed} over`, 60_000);
    await pane.run("clear");
    expect(await pane.run("printf 'äöü %s\\n' $((6 * 7))")).toEqual(["äöü 42"]);
    const state = async () => ({ screen: await pane.screen(), modes: await pane.modes(), cursor: await pane.cursor() });
    const before = await state();
    await desktop.page.reload();
    await pane.isReady();
    await expect.poll(state).toEqual(before);
  }
  await ask(richHost, "rm", script);
});

test.describe("a server that may not be used for terminals", () => {
  test("says so before anything is tried, and the desktop goes on", async ({ desktop, richHost }) => {
    await desktop.connect(richHost, "ops");
    await desktop.page.evaluate(async (name) => {
      const { servers } = (await (await fetch("/api/servers")).json()) as { servers: { id: string; name: string; capabilities: string[] }[] };
      const server = servers.find((each) => each.name === name);
      const capabilities = server?.capabilities.filter((each) => each !== "terminal.open");
      await fetch(`/api/servers/${server?.id ?? ""}`, { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ capabilities }) });
    }, richHost.name);
    const app = new TerminalApp(desktop, richHost.name);
    await app.openWindow();
    await expect(app.window.getByRole("heading", { name: "Not granted" })).toBeVisible();
    await expect(app.window).toContainText("terminal.open");
    expect(await app.terminals()).toEqual([]);
    await desktop.isConnected(richHost.name);
    await expect(desktop.card("Memory")).toHaveAttribute("data-state", "ok");
  });
});

test("a new tab begins in the folder of the one that is shown, whatever its name", async ({ desktop, richHost }) => {
  const pane = await openTerminal(desktop, richHost);
  const folder = `/tmp/e2e-${pane.id}/it's "$HOME" \`id\` $(id); -n äöü`;
  await ask(richHost, "install", "-d", "-o", "ops", folder);
  await pane.run(`cd /tmp/e2e-${pane.id}/it*`);
  const second = await pane.app.newTab();
  expect(await second.run("pwd")).toEqual([folder]);
  await second.press("Control+Shift+D");
  await expect.poll(async () => (await second.app.terminals()).length).toBe(3);
  const third = await second.app.pane(1);
  expect(await third.run("pwd")).toEqual([folder]);
  await ask(richHost, "rm", "-rf", `/tmp/e2e-${pane.id}`);
});
