// Connections that go wrong: each says what happened in its own words, within its time, and comes back where it can.
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { passwordOf, type Desktop } from "../support/desktop.ts";
import { expect, test } from "../support/test.ts";

test.setTimeout(120_000);

/** The window of a server that could not be connected says why. */
async function says(desktop: Desktop, name: string, title: string, timeoutMs = 15_000): Promise<void> {
  const alert = desktop.window(`Dashboard – ${name}`).getByRole("alert");
  await expect(alert).toContainText(title, { timeout: timeoutMs });
  await expect(desktop.tray).toHaveAccessibleName(`Server ${name}, Connection failed`);
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

test("the sshd that dies makes the cards stale within 10 s, and its return makes them live", async ({ desktop, richHost, sshd }) => {
  await desktop.connect(richHost, "plain", sshd.port);
  await expect.poll(() => desktop.figure("memory.total")).not.toBeNull();
  await sshd.kill();
  for (const title of ["CPU", "Memory", "Load", "Network", "Filesystems", "System"]) {
    await expect(desktop.card(title)).toHaveAttribute("data-state", "stale", { timeout: 10_000 });
    await expect(desktop.card(title)).toContainText("Stale, as of");
  }
  await expect(desktop.tray).toHaveAccessibleName(`Server ${richHost.name}, Reconnecting`);
  await sshd.start();
  await expect(desktop.card("Memory")).toHaveAttribute("data-state", "ok", { timeout: 60_000 });
  await desktop.isConnected(richHost.name);
  expect(await sshd.connections()).toBe(1);
});

test("a changed host key stops the connection, before any secret", async ({ desktop, richHost, sshd }) => {
  await desktop.connect(richHost, "plain", sshd.port);
  await desktop.taskbar.getByRole("button", { name: "Start" }).click();
  await desktop.dialog("Start menu").getByRole("button", { name: "Disconnect" }).click();
  await expect(desktop.tray).toHaveAccessibleName(`Server ${richHost.name}, Not connected`);
  await sshd.kill();
  const before = (await sshd.log()).length;
  await sshd.changeKey();
  await sshd.start();
  await desktop.taskbar.getByRole("button", { name: "Start" }).click();
  await desktop.dialog("Start menu").getByRole("button", { name: "Connect", exact: true }).click();
  await says(desktop, richHost.name, "The host key has changed");
  await expect(desktop.window(`Dashboard – ${richHost.name}`).getByRole("alert")).toContainText(await sshd.fingerprint());
  expect((await sshd.log()).slice(before)).not.toMatch(/Accepted|Failed|authenticating user/);
});

test("a wrong password is asked for again, and cancelling says so", async ({ desktop, richHost, sshd }) => {
  await desktop.addServer({ host: richHost.address, port: sshd.port, user: "plain", name: "web" });
  await desktop.trustKey();
  await desktop.enterPassword("not the password");
  const again = desktop.dialog("Password");
  await expect(again).toContainText("That password was not accepted. Try again.");
  await expect(again.getByLabel("Password")).toHaveValue("");
  await desktop.enterPassword(passwordOf(richHost, "plain"));
  await desktop.isConnected("web");
});

test("a password that is never right ends in words", async ({ desktop, richHost, sshd }) => {
  await desktop.addServer({ host: richHost.address, port: sshd.port, user: "plain", name: "web" });
  await desktop.trustKey();
  await desktop.enterPassword("wrong 1");
  for (const wrong of ["wrong 2", "wrong 3"]) {
    await expect(desktop.dialog("Password")).toContainText("was not accepted");
    await desktop.enterPassword(wrong);
  }
  await says(desktop, "web", "Sign-in failed");
  expect((await sshd.log()).match(/Failed password for plain/g)).toHaveLength(3);
});

test("a question that is cancelled ends the connection in words", async ({ desktop, richHost, sshd }) => {
  await desktop.addServer({ host: richHost.address, port: sshd.port, user: "plain", name: "web" });
  await desktop.trustKey();
  await desktop.dialog("Password").getByRole("button", { name: "Cancel" }).click();
  await says(desktop, "web", "The connection was cancelled");
  await expect.poll(() => sshd.connections()).toBe(0);
});

test("a port that refuses", async ({ desktop }) => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  await desktop.addServer({ host: "127.0.0.1", port, user: "nobody", name: "web" });
  await says(desktop, "web", "The connection was refused");
});

test("a name that nobody knows", async ({ desktop }) => {
  await desktop.addServer({ host: "nowhere.invalid", port: 22, user: "nobody", name: "web" });
  await says(desktop, "web", "The host name is unknown");
});

test("a host that accepts and says nothing", async ({ desktop }) => {
  const server = createServer();
  const port = await listen(server);
  await desktop.addServer({ host: "127.0.0.1", port, user: "nobody", name: "web" });
  await says(desktop, "web", "No answer in time", 45_000);
  server.close();
});

test("a host that speaks something else", async ({ desktop }) => {
  const server = createServer((socket) => socket.on("error", () => undefined).end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const port = await listen(server);
  await desktop.addServer({ host: "127.0.0.1", port, user: "nobody", name: "web" });
  await says(desktop, "web", "The host does not speak SSH as expected");
  server.close();
});

test("a form that cannot be right is not sent", async ({ desktop }) => {
  await desktop.tray.click();
  await desktop.dialog("Switch server").getByRole("button", { name: "Add server" }).click();
  const dialog = desktop.dialog("Add server");
  await dialog.getByRole("button", { name: "Add and connect" }).click();
  await expect(dialog.getByRole("textbox", { name: "Host", exact: true })).toBeFocused();
  await expect(dialog).toContainText("Enter a host name or an IP address.");
  await dialog.getByRole("textbox", { name: "Host", exact: true }).fill("-oProxyCommand=x");
  await dialog.getByRole("button", { name: "Add and connect" }).click();
  await expect(dialog).toContainText("This is not a host name or an IP address.");
});
