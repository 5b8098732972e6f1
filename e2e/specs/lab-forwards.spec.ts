// Forwarded ports: a server's web page in the browser, without any cookie of HeadlessOS; what is refused; what is shown meanwhile.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Locator } from "@playwright/test";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { Desktop } from "../support/desktop.ts";
import { expect, test } from "../support/test.ts";
import { startWebService } from "../support/webService.ts";

async function openPorts(desktop: Desktop, server: string): Promise<Locator> {
  await desktop.openApp("Port forwarding");
  const window = desktop.window(`Port forwarding – ${server}`);
  await expect(window).toBeVisible();
  return window;
}

test("a web page of the server opens in the browser, and no cookie of HeadlessOS goes there", async ({ desktop, richHost, page, context, program }) => {
  const service = await startWebService(richHost, `cookies-${program.port}`);
  try {
    await desktop.connect(richHost, "plain");
    const window = await openPorts(desktop, richHost.name);
    await window.getByRole("button", { name: `Forward localhost:${service.port}` }).click();
    const row = window.getByRole("list", { name: "Forwarded ports" }).getByRole("listitem");
    await expect(row).toContainText(`localhost:${service.port}`);
    const link = row.getByRole("link", { name: /^Open in browser: / });
    const address = new URL((await link.getAttribute("href")) ?? "");
    expect(address.hostname).toMatch(/^127\./);
    expect(address.hostname).not.toBe("127.0.0.1");

    const [opened] = await Promise.all([context.waitForEvent("page"), link.click()]);
    await expect(opened).toHaveTitle("Asked again");
    // A link from the page to itself, as a person would follow it, and the address as one would type it.
    await opened.evaluate(() => location.assign("/followed"));
    await expect.poll(() => service.heard()).toContain("GET /followed");
    await opened.goto(`${address.origin}/typed`);
    await expect(opened).toHaveTitle("Asked again");
    const heard = await service.heard();
    expect(heard).toContain("POST /again");
    expect(heard).toContain("own=1");
    expect(heard).not.toContain("headlessos_");
    // Nothing of it is at the address that has the cookie.
    await expect(opened.goto(`http://127.0.0.1:${address.port}/`)).rejects.toThrow("ERR_CONNECTION_REFUSED");
    await opened.close();

    // The cookie is there, and would go to any port of the page's own host.
    const cookies = await context.cookies(program.url);
    expect(cookies.map(({ name }) => name)).toContain(`headlessos_${program.port}`);
    const beside: string[] = [];
    const trap = createServer((asked, answer) => {
      beside.push(asked.headers.cookie ?? "");
      answer.end();
    });
    trap.listen(0, "127.0.0.1");
    await once(trap, "listening");
    const other = await context.newPage();
    await other.goto(`http://127.0.0.1:${(trap.address() as AddressInfo).port}/`);
    await other.close();
    trap.close();
    expect(beside.join(" ")).toContain("headlessos_");

    await expect(row).toContainText(/[1-9]\d* connections/);
    await row.getByRole("button", { name: /^Stop / }).click();
    await expect(window).toContainText("No port is forwarded.");
    await expect(page.request.get(address.href)).rejects.toThrow("ECONNREFUSED");
  } finally {
    await service.remove();
  }
});

test.describe("refused", () => {
  test.use({ expectedErrors: [/status of 502/] });

  test("a server that allows no forwarding says so, with what to look at", async ({ desktop, richHost, sshd }) => {
    await sshd.withOption("AllowTcpForwarding=no");
    await desktop.connect(richHost, "plain", sshd.port);
    const window = await openPorts(desktop, richHost.name);
    const form = window.getByRole("form", { name: "Forward a port" });
    await form.getByRole("textbox", { name: "Port", exact: true }).fill("80");
    await form.getByRole("button", { name: "Forward" }).click();
    const alert = window.getByRole("alert");
    await expect(alert).toContainText("The server does not allow forwarding");
    await expect(alert).toContainText("AllowTcpForwarding");
    await expect(window).toContainText("No port is forwarded.");
  });
});

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport });

    test("every state is accessible", async ({ desktop, richHost, sshd }) => {
      await desktop.connect(richHost, "plain", sshd.port);
      const window = await openPorts(desktop, richHost.name);
      await expect(window.getByRole("list", { name: "Listening ports" })).toContainText("22");
      await isAccessibleInBoth(desktop, "nothing forwarded");
      const form = window.getByRole("form", { name: "Forward a port" });
      await form.getByRole("button", { name: "Forward" }).click();
      await expect(form).toContainText("A number from 1 to 65535.");
      await isAccessibleInBoth(desktop, "a mistake");
      await form.getByRole("textbox", { name: "Port", exact: true }).fill("1");
      await form.getByRole("button", { name: "Forward" }).click();
      const list = window.getByRole("list", { name: "Forwarded ports" });
      await expect(list).toContainText("Connection refused");
      await form.getByText("Anywhere (SOCKS)").click();
      await form.getByRole("button", { name: "Forward" }).click();
      await expect(list).toContainText("anywhere, by SOCKS");
      await isAccessibleInBoth(desktop, "two forwarded, one not reached");
      await sshd.kill();
      await expect(window).toContainText("is not connected. The ports stay");
      await isAccessibleInBoth(desktop, "the connection is lost");
      await sshd.start();
      await desktop.isConnected(richHost.name);
      await expect(list.getByRole("listitem")).toHaveCount(2);
    });
  });
}
