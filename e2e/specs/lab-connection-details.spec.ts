// What the desktop says of a connection: the key and the algorithms that were agreed, the weak ones in words, the way, and what the SSH configuration asks for and is not done.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import { passwordOf, type Desktop } from "../support/desktop.ts";
import { expect, test } from "../support/test.ts";

const TITLE = "Connection details";

/** The words beside a term, in a part of the dialog. */
function fact(dialog: Locator, part: string, term: string): Locator {
  return dialog.getByRole("region", { name: part }).getByRole("definition").filter({ has: dialog.page().locator(`xpath=preceding-sibling::dt[.="${term}"]`) });
}

async function close(desktop: Desktop): Promise<void> {
  await desktop.page.keyboard.press("Escape");
  await expect(desktop.dialog(TITLE)).toBeHidden();
}

test("a sound connection shows its key and its algorithms from wherever one looks", async ({ desktop, richHost, sshd }) => {
  const { page } = desktop;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await desktop.connect(richHost, "plain", sshd.port);
  await desktop.window(`Dashboard – ${richHost.name}`).getByRole("button", { name: TITLE, exact: true }).click();
  const dialog = desktop.dialog(TITLE);
  await expect(fact(dialog, "Session", "Signed in as")).toContainText(/^plain \(uid \d+\)$/);
  await expect(fact(dialog, "Session", "Way")).toHaveText(`Straight to plain@${richHost.address}:${sshd.port}`);
  await expect(fact(dialog, "Session", "Files")).toHaveText("Over SFTP");
  await expect(fact(dialog, "Host key", "Algorithm")).toHaveText("ssh-ed25519");
  await expect(fact(dialog, "Host key", "Fingerprint")).toContainText(await sshd.fingerprint());
  await expect(fact(dialog, "Algorithms", "Key exchange")).not.toContainText("Weak");
  await expect(dialog.getByRole("list", { name: "Weak algorithms" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Copy fingerprint" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await sshd.fingerprint());
  await isAccessibleInBoth(desktop, "sound");
  await close(desktop);

  await desktop.tray.click();
  await desktop.dialog("Switch server").getByRole("button", { name: `${TITLE} of ${richHost.name}` }).click();
  await expect(dialog).toContainText(richHost.name);
  await close(desktop);

  await page.keyboard.press("Control+K");
  await page.keyboard.type("connection details");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("ssh-ed25519");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();

  await desktop.openApp("Servers");
  await page.getByRole("button", { name: `More for ${richHost.name}` }).click();
  await page.getByRole("menuitem", { name: TITLE }).click();
  await expect(dialog).toContainText("ssh-ed25519");
  await close(desktop);
});

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport });

    test("weak algorithms and settings that are not applied are named, and marked in words", async ({ desktop, program, richHost, sshd }) => {
      // The host allows what OpenSSH no longer offers by itself, and the configuration asks for that.
      await sshd.withOption("KexAlgorithms=+diffie-hellman-group14-sha1");
      await sshd.withOption("Ciphers=+aes128-cbc");
      const config = "Host *\n  KexAlgorithms diffie-hellman-group14-sha1\n  Ciphers aes128-cbc\n  MACs hmac-sha1\n  ForwardAgent yes\n  RemoteCommand uptime\n";
      writeFileSync(join(program.folder, "home", ".ssh", "config"), config);
      await desktop.connect(richHost, "plain", sshd.port);

      const remarks = "3 weak algorithms, 2 settings not applied";
      const mark = desktop.window(`Dashboard – ${richHost.name}`).getByRole("button", { name: `${TITLE}: ${remarks}` });
      await expect(mark).toHaveText(remarks);
      await isAccessibleInBoth(desktop, "marked header");
      await mark.click();
      const dialog = desktop.dialog(TITLE);
      const weak = dialog.getByRole("list", { name: "Weak algorithms" }).getByRole("listitem");
      await expect(weak).toHaveCount(3);
      await expect(weak.filter({ hasText: "aes128-cbc" })).toContainText("CBC mode");
      await expect(weak.filter({ hasText: "hmac-sha1" })).toContainText("under MACs in the server's sshd_config");
      for (const [term, algorithm] of [
        ["Key exchange", "diffie-hellman-group14-sha1"],
        ["Cipher", "aes128-cbc"],
        ["MAC", "hmac-sha1"],
      ] as const) {
        await expect(fact(dialog, "Algorithms", term)).toContainText(new RegExp(`^${algorithm}\\s*Weak`));
      }
      const settings = dialog.getByRole("list", { name: "Settings that are not applied" }).getByRole("listitem");
      await expect(settings).toHaveCount(2);
      await expect(settings.filter({ hasText: "ForwardAgent" })).toContainText(richHost.address);
      await expect(settings.filter({ hasText: "RemoteCommand" })).toContainText("terminals start the login shell");
      await isAccessibleInBoth(desktop, "weak");
      await close(desktop);

      await desktop.openApp("Servers");
      await expect(desktop.window(/^Servers/).getByRole("row", { name: new RegExp(`^${richHost.name}`) })).toContainText(remarks);
      await isAccessibleInBoth(desktop, "marked row");
    });
  });
}

test("the hosts on the way stand in their order", async ({ desktop, program, richHost, sshd }) => {
  const jump = `plain@${richHost.address}:${sshd.port}`;
  writeFileSync(join(program.folder, "home", ".ssh", "config"), `Host ${richHost.address}\n  Port ${richHost.port}\n\nHost inner\n  HostName ${richHost.address}\n  Port ${richHost.port}\n  ProxyJump ${jump}\n`);
  await desktop.addServer({ host: "inner", port: richHost.port, user: "admin", name: "inner" });
  await desktop.trustKey();
  await desktop.enterPassword(passwordOf(richHost, "plain"));
  await desktop.trustKey();
  await desktop.enterPassword(passwordOf(richHost, "admin"));
  await desktop.isConnected("inner");
  await desktop.window("Dashboard – inner").getByRole("button", { name: TITLE, exact: true }).click();
  const hosts = desktop.dialog(TITLE).getByRole("list", { name: "Hosts on the way" }).getByRole("listitem");
  await expect(hosts).toHaveText([`1${jump}`, "2admin@inner"]);
});

test("a connection that is lost or ended says so in its dialog", async ({ desktop, richHost, sshd }) => {
  await desktop.connect(richHost, "plain", sshd.port);
  await desktop.window(`Dashboard – ${richHost.name}`).getByRole("button", { name: TITLE, exact: true }).click();
  const dialog = desktop.dialog(TITLE);
  await expect(dialog).toContainText("ssh-ed25519");
  await sshd.kill();
  await expect(dialog.getByRole("timer")).toHaveText(/^Reconnecting/);
  await isAccessibleInBoth(desktop, "lost");
  await sshd.start();
  await dialog.getByRole("button", { name: "Reconnect now" }).click();
  await expect(dialog).toContainText("ssh-ed25519");
});

test.describe("This computer", () => {
  test.use({ usesThisComputer: true });

  test("has no key and needs no cipher, and says why", async ({ desktop }) => {
    await desktop.isConnected("This computer");
    await desktop.window("Dashboard – This computer").getByRole("button", { name: TITLE, exact: true }).click();
    const dialog = desktop.dialog(TITLE);
    await expect(fact(dialog, "Session", "Way")).toHaveText("Within the program");
    await expect(dialog).toContainText("There is no host key to check");
    await expect(dialog.getByRole("region", { name: "Algorithms" })).toHaveCount(0);
    await isAccessibleInBoth(desktop, "this computer");
  });
});
