// Two real servers side by side: both terminals live, each with its own server, and the keys of a shell left to it; a key installed from the manager.
import { isAccessibleInBoth } from "../support/accessible.ts";
import { ask, labHost, whyNot } from "../support/lab.ts";
import { TerminalApp } from "../support/terminal.ts";
import { expect, test } from "../support/test.ts";

test.setTimeout(240_000);

test("terminals of two servers stand side by side, each with its own server", async ({ desktop, richHost, sshd }) => {
  const { page } = desktop;
  const other = labHost("deb13");
  test.skip(other === null, whyNot("deb13"));
  if (other === null) return;
  await desktop.addServer({ host: richHost.address, port: sshd.port, user: "plain", name: "left" });
  await desktop.trustKey();
  await desktop.enterPassword("labpw");
  await desktop.isConnected("left");
  const left = new TerminalApp(desktop, "left");
  const leftPane = await left.open();
  await page.keyboard.press("Control+Alt+ArrowLeft");
  await page.keyboard.press("Control+Alt+b");
  await desktop.connect(other, "plain");
  const right = new TerminalApp(desktop, other.name);
  const rightPane = await right.open();
  await page.keyboard.press("Control+Alt+ArrowRight");
  await expect(left.window).toBeVisible();
  await expect(right.window).toBeVisible();
  await isAccessibleInBoth(desktop, "terminals side by side");

  const hostOf = async (host: typeof other) => (await ask(host, "hostname")).trim();
  for (const [pane, host] of [[rightPane, other], [leftPane, richHost]] as const) {
    await pane.focus();
    await page.keyboard.type("echo is-$(hostname)\n");
    const name = await hostOf(host);
    await expect.poll(async () => (await pane.lines()).includes(`is-${name}`)).toBe(true);
  }

  // Ctrl+K is the shell's: it erases to the end of the line.
  await page.keyboard.type("echo kept lost");
  for (let at = 0; at < " lost".length; at += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Control+k");
  await expect(desktop.dialog("Command palette")).toBeHidden();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await leftPane.lines()).includes("kept")).toBe(true);
  await page.keyboard.press("Control+Alt+p");
  await expect(desktop.dialog("Command palette")).toBeVisible();
});
