// Every question that a connecting server can ask, as a window: whose it is, what it asks, what is sent for an answer. The states come in place of the program's own, so that all of them can be shown.
import type { Page } from "@playwright/test";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { Desktop } from "../support/desktop.ts";
import { expect, test } from "../support/test.ts";

const FINGERPRINT = "SHA256:uNiVztksCsDhcc0u9e8BrnXAp9OzV7ZmNCk2yKQcXmY";
const RANDOMART = ["+--[ED25519 256]--+", ...Array.from({ length: 9 }, () => "|    .o+=*Bo.    |"), "+----[SHA256]-----+"].join("\n");
const HOP = "ops@bastion.example:22";
const KEEPING = { problem: null, chosen: false };
const hostKey = { kind: "hostKey", id: "q1", host: "web1.example", port: 22, algorithm: "ssh-ed25519", fingerprint: FINGERPRINT, randomart: RANDOMART, knownAs: [], hop: null };
const password = { kind: "password", id: "q2", user: "ops", host: "web1.example", retry: false, hop: null, keeping: KEEPING };
const prompts = {
  kind: "prompts",
  id: "q3",
  user: "ops",
  host: "web1.example",
  title: "Two-factor authentication",
  instruction: "Open the app on your phone",
  prompts: [
    { text: "Token name:", echo: true, isPassword: false },
    { text: "Verification code:", echo: false, isPassword: false },
  ],
  retry: false,
  hop: null,
};
const passphrase = { kind: "passphrase", id: "q4", path: "/home/ada/.ssh/id_ed25519", retry: false, hop: null, keeping: KEEPING };

/** Adds a server that asks this, and gives what is sent for an answer. */
async function asks(desktop: Desktop, question: object): Promise<unknown[]> {
  const { page } = desktop;
  const sent: unknown[] = [];
  await page.route("**/api/servers/*/answers", async (route) => {
    sent.push((route.request().postDataJSON() as { answer: unknown }).answer);
    await route.fulfill({ status: 202, contentType: "application/json", body: "{}" });
  });
  await page.routeWebSocket("**/api/live", (socket) => {
    const program = socket.connectToServer();
    program.onMessage((text) => socket.send(replaced(String(text), question)));
  });
  await page.reload();
  await addServer(page);
  await desktop.tray.click();
  await desktop.dialog("Switch server").getByRole("button", { name: "web1" }).click();
  return sent;
}

async function addServer(page: Page): Promise<void> {
  const status = await page.evaluate(async () => {
    const server = { name: "web1", host: "web1.example", port: 22, user: "ops" };
    const sent = await fetch("/api/servers", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(server) });
    return sent.status;
  });
  expect(status).toBe(201);
}

function replaced(text: string, question: object): string {
  const message = JSON.parse(text) as { type: string; servers?: { name: string; state: unknown }[] };
  if (message.servers === undefined) return text;
  const servers = message.servers.map((server) => (server.name === "web1" ? { ...server, state: { status: "question", question } } : server));
  return JSON.stringify({ ...message, servers });
}

test("several prompts come in one window, in the server's words, each seen or hidden as it says", async ({ desktop }) => {
  const sent = await asks(desktop, prompts);
  const dialog = desktop.dialog("The server asks");
  await expect(dialog).toContainText("For web1, as ops@web1.example");
  await expect(dialog).toContainText("Two-factor authentication");
  await expect(dialog).toContainText("Open the app on your phone");
  await expect(dialog.getByLabel("Token name:")).toBeFocused();
  await expect(dialog.getByLabel("Token name:")).not.toHaveClass(/concealed/);
  await expect(dialog.getByLabel("Verification code:")).toHaveClass(/concealed/);
  await expect(dialog.getByRole("button", { name: "Answer" })).toBeDisabled();
  await dialog.getByLabel("Token name:").fill("blue");
  await dialog.getByLabel("Verification code:").fill("123456");
  await isAccessibleInBoth(desktop, "prompts");
  await desktop.page.keyboard.press("Enter");
  await expect.poll(() => sent).toEqual([{ kind: "secrets", secrets: ["blue", "123456"] }]);
});

test("a host on the way says that it is one", async ({ desktop }) => {
  await asks(desktop, { ...password, user: "ops", host: "bastion.example", hop: HOP });
  const dialog = desktop.dialog("Password");
  await expect(dialog).toContainText(`On the way to web1, jump host ${HOP} asks.`);
  await isAccessibleInBoth(desktop, "a jump host's password");
});

test("a new key says who vouches for it", async ({ desktop }) => {
  await asks(desktop, { ...hostKey, knownAs: ["web.old.example", "[10.0.0.7]:2222"], hop: HOP });
  const dialog = desktop.dialog("Confirm host key");
  await expect(dialog.getByRole("list", { name: "Names this key is known for" }).getByRole("listitem")).toHaveText(["web.old.example", "[10.0.0.7]:2222"]);
  await expect(dialog).toContainText(`jump host ${HOP} asks.`);
  await isAccessibleInBoth(desktop, "a key that others vouch for");
});

test("a new key that nobody vouches for says so", async ({ desktop }) => {
  await asks(desktop, hostKey);
  await expect(desktop.dialog("Confirm host key")).toContainText("Nobody vouches for this key yet.");
});

test("a secret goes into the keychain only where that is ticked", async ({ desktop }) => {
  const sent = await asks(desktop, password);
  const dialog = desktop.dialog("Password");
  const keep = dialog.getByRole("checkbox", { name: "Remember in this computer's keychain" });
  await expect(keep).not.toBeChecked();
  await expect(dialog).toContainText("Otherwise it is kept in memory, until you disconnect.");
  await keep.check();
  await expect(dialog).toContainText("for this user, address and host key alone");
  await dialog.getByLabel("Password").fill("hunter2");
  await isAccessibleInBoth(desktop, "a password to be kept");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect.poll(() => sent).toEqual([{ kind: "secret", secret: "hunter2", keep: true }]);
});

test("without a keychain the window says why a secret stays in memory", async ({ desktop }) => {
  const sent = await asks(desktop, { ...passphrase, keeping: { problem: "the keychain of this computer cannot be used: no service", chosen: true } });
  const dialog = desktop.dialog("Passphrase");
  await expect(dialog.getByRole("checkbox")).toBeDisabled();
  await expect(dialog).toContainText("The keychain of this computer cannot be used: no service.");
  await isAccessibleInBoth(desktop, "a passphrase without a keychain");
  await dialog.getByLabel("Passphrase").fill("open sesame");
  await dialog.getByRole("button", { name: "Unlock the key" }).click();
  await expect.poll(() => sent).toEqual([{ kind: "secret", secret: "open sesame", keep: false }]);
});

test.describe("on a phone", () => {
  test.use({ viewport: SCREENS.phone });
  test("the window of several prompts fits", async ({ desktop }) => {
    await asks(desktop, { ...prompts, hop: HOP, retry: true });
    const dialog = desktop.dialog("The jump host asks");
    await expect(dialog.getByRole("alert")).toContainText("Those answers were not accepted.");
    await isAccessibleInBoth(desktop, "prompts on a phone");
  });
});
