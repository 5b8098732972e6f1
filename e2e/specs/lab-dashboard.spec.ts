// Real servers: added by mouse and by keyboard alone, their key confirmed, and every figure as the host itself says it.
import { typeName } from "../support/confirm.ts";
import { figuresOf, loadOf, uptimeSecondsOf } from "../support/figures.ts";
import { ask, labHost, whyNot, type LabHost } from "../support/lab.ts";
import { passwordOf, type Desktop } from "../support/desktop.ts";
import { lines } from "../support/sshd.ts";
import { expect, test } from "../support/test.ts";

test.setTimeout(120_000);

/** Every figure of the dashboard that is shown, against the host's own word. */
async function agrees(desktop: Desktop, host: LabHost): Promise<void> {
  const own = await figuresOf(host);
  await expect.poll(() => desktop.figure("memory.total")).toBe(own.memoryTotalBytes);
  await expect.poll(() => desktop.figure("swap.total")).toBe(own.swapTotalBytes);
  const system = desktop.card("System");
  await expect(system.getByText(own.hostname, { exact: true })).toBeVisible();
  await expect(system.getByText(own.kernel, { exact: true })).toBeVisible();

  // Load changes by itself, so it is read between two answers of the page that are alike.
  await expect
    .poll(async () => {
      const [own, shown] = [await loadOf(host), await Promise.all(["one", "five", "fifteen"].map((span) => desktop.figure(`load.${span}`)))];
      return JSON.stringify(own) === JSON.stringify(shown);
    }, { timeout: 30_000 })
    .toBe(true);
  const uptimeSeconds = await uptimeSecondsOf(host);
  expect(Math.abs(((await desktop.figure("system.uptime")) ?? 0) - uptimeSeconds)).toBeLessThan(90);

  const filesystems = desktop.card("Filesystems");
  const whole = filesystems.getByRole("button", { name: /^Show all/ });
  await expect(filesystems).toHaveAttribute("data-state", "ok");
  if ((await whole.count()) > 0) await whole.click();
  const shown = await desktop.figures("filesystem.size ");
  expect(shown.size).toBeGreaterThan(0);
  expect(shown.get("/")).toBe(own.filesystemSizes.get("/"));
  for (const [mountPoint, sizeBytes] of shown) expect(sizeBytes, mountPoint).toBe(own.filesystemSizes.get(mountPoint));

  await lists(desktop, "Failed services", "services.failed", own.failedUnits);
  await lists(desktop, "Containers", "containers.count", own.runningContainers);
  await lists(desktop, "Updates", "updates.count", own.updates);
}

/** A card that counts and names; null says that the host has no such thing. */
async function lists(desktop: Desktop, title: string, figure: string, own: string[] | null): Promise<void> {
  const card = desktop.card(title);
  if (own === null) {
    await expect(card).toHaveAttribute("data-state", /unsupported|unavailable|denied|ok/);
    return;
  }
  await expect.poll(() => desktop.figure(figure), { timeout: 45_000, message: title }).toBe(own.length);
  const whole = card.getByRole("button", { name: /^Show all/ });
  if ((await whole.count()) > 0) await whole.click();
  for (const name of own) await expect(card.getByText(name, { exact: true })).toBeVisible();
}

for (const [name, user] of [
  ["deb12", "root"],
  ["deb12-b", "admin"],
  ["deb13", "root"],
  ["busybox", "root"],
  ["fedora", "root"],
] as const) {
  test(`${name}, added by mouse, shows what the host says`, async ({ desktop }) => {
    const host = labHost(name);
    test.skip(host === null, whyNot(name));
    if (host === null) return;
    await desktop.connect(host, user);
    await agrees(desktop, host);
  });
}

test("a host is added, confirmed and read by the keyboard alone", async ({ desktop, richHost }) => {
  const { keyboard } = desktop.page;
  const next = async (name: RegExp) => {
    await keyboard.press("Tab");
    await expect(desktop.page.locator(":focus")).toHaveAccessibleName(name);
  };
  await keyboard.press("Control+Alt+D");
  await expect(desktop.dialog("Switch server")).toBeVisible();
  await expect.poll(async () => {
    await keyboard.press("Tab");
    return desktop.page.locator(":focus").textContent();
  }).toBe("Add server");
  await keyboard.press("Enter");
  await expect(desktop.page.locator(":focus")).toHaveAccessibleName("Host");
  await keyboard.type(richHost.address);
  await next(/^Port$/);
  await keyboard.press("Control+A");
  await keyboard.type(String(richHost.port));
  await next(/^User$/);
  await keyboard.type("plain");
  await next(/^Name$/);
  await keyboard.type("by keys");
  await next(/^Automatic$/);
  await keyboard.press("ArrowRight");
  await expect(desktop.page.locator(":focus")).toHaveAccessibleName("Password");
  await keyboard.press("Enter");
  const question = desktop.dialog("Confirm host key");
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await next(/^Trust and connect$/);
  await keyboard.press("Enter");
  await expect(desktop.dialog("Password").getByLabel("Password")).toBeFocused();
  await keyboard.type(passwordOf(richHost, "plain"));
  await keyboard.press("Enter");
  await desktop.isConnected("by keys");
  const own = await figuresOf(richHost);
  await expect.poll(() => desktop.figure("memory.total")).toBe(own.memoryTotalBytes);
  await expect(desktop.window("Dashboard – by keys")).toContainText(own.hostname);

  // The command behind a card, by the keyboard too.
  await expect.poll(async () => {
    await keyboard.press("Tab");
    return desktop.card("Memory").getByRole("button", { name: "Show the command" }).evaluate((button) => button === document.activeElement);
  }).toBe(true);
  await keyboard.press("Enter");
  await expect(desktop.dialog("Show the command")).toContainText("/proc/meminfo");
  await keyboard.press("Escape");
  await expect(desktop.dialog("Show the command")).toBeHidden();
});

test("the key that is asked about is the host's, and nothing is sent before it is trusted", async ({ desktop, richHost, sshd }) => {
  await desktop.addServer({ host: richHost.address, port: sshd.port, user: "plain", name: "web" });
  const question = desktop.dialog("Confirm host key");
  await expect(question.locator("[data-fingerprint]")).toHaveText(await sshd.fingerprint());
  await expect(question.getByRole("img", { name: "Random art of the key" })).toContainText("+----[SHA256]");
  const before = await sshd.log();
  expect(before).toContain("Connection from");
  expect(before).not.toMatch(/userauth|Accepted|Failed|Invalid user|authenticating user/i);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(desktop.window("Dashboard – web")).toContainText("Not connected to web");
  expect(await sshd.log()).not.toMatch(/Accepted|Failed password|Failed publickey/);
});

test("one connection carries everything, and goes when the server is removed", async ({ desktop, richHost, sshd }) => {
  await desktop.connect(richHost, "ops", sshd.port);
  await expect.poll(() => desktop.figure("containers.count")).not.toBeUndefined();
  await expect(desktop.card("Updates")).not.toHaveAttribute("data-state", "loading");
  expect(await sshd.connections()).toBe(1);
  await desktop.page.reload();
  await desktop.isConnected(richHost.name);
  await expect.poll(() => desktop.figure("memory.total")).not.toBeNull();
  expect(await sshd.connections()).toBe(1);
  expect((await sshd.log()).match(/Accepted /g)).toHaveLength(1);

  await desktop.taskbar.getByRole("button", { name: "Servers" }).click();
  await desktop.page.getByRole("button", { name: `More for ${richHost.name}` }).click();
  await desktop.page.getByRole("menuitem", { name: `Remove server ${richHost.name}` }).click();
  const remove = desktop.page.getByRole("button", { name: `Remove server ${richHost.name}` });
  await typeName(desktop.dialog(`Remove ${richHost.name}`), remove);
  await remove.click();
  await expect.poll(() => sshd.connections()).toBe(0);
  await expect(desktop.tray).toHaveAccessibleName(/This computer/);
});

test("a refresh of the live figures starts no process on the host", async ({ desktop, richHost, sshd }) => {
  await desktop.connect(richHost, "plain", sshd.port);
  // What is asked once or every half minute has been asked; from here on only live figures are.
  for (const title of ["System", "Users", "Containers", "Failed services", "Updates", "Filesystems"]) {
    await expect(desktop.card(title)).not.toHaveAttribute("data-state", "loading");
  }
  const started = async () => lines(await sshd.log()).filter((line) => /Starting session: command/.test(line)).length;
  // A slow question may come round meanwhile; the journal has each command that was run.
  const journal = () => desktop.page.evaluate(async () => (await (await fetch("/api/activity?limit=500")).json()) as { entries: { what: string; exitCode: number | null }[] });
  const asked = async () => (await journal()).entries.filter(({ exitCode }) => exitCode !== null).map(({ what }) => what);
  const [startedBefore, askedBefore] = [await started(), await asked()];
  expect(startedBefore).toBeGreaterThan(0);
  expect(askedBefore).toContain("docker.containers");
  const seen = new Set<string>();
  await expect.poll(async () => seen.add(String(await desktop.figure("uptime"))).size, { timeout: 20_000 }).toBeGreaterThan(3);
  const askedAfter = await asked();
  expect((await started()) - startedBefore).toBeLessThanOrEqual(askedAfter.length - askedBefore.length);
  for (const live of ["system.cpu", "system.load", "system.memory", "network.rates"]) expect(askedAfter).not.toContain(live);
});

test("a failed service opens its details", async ({ desktop, richHost }) => {
  await desktop.connect(richHost, "root");
  const [unit = ""] = (await figuresOf(richHost)).failedUnits ?? [];
  await desktop.card("Failed services").getByRole("button", { name: unit }).click();
  const dialog = desktop.dialog(unit);
  const described = (await ask(richHost, "systemctl", "show", "-P", "Description", unit)).trim();
  await expect(dialog).toContainText(described);
  await expect(dialog).toContainText("failed");
});
