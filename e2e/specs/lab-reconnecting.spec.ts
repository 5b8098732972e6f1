// A connection that is lost: every window of the server says when it is tried again and tries at once when asked, and so does a network that comes back.
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

const APPS = ["Dashboard", "File Explorer", "Terminal", "Text Editor", "Viewer", "Recycle Bin", "Query Explorer", "Servers", "Port forwarding"];
const RETRY = /\/api\/servers\/[^/]+\/connect$/;

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport });

    test("every window of a lost server counts down, and reconnects when asked", async ({ desktop, richHost, sshd }) => {
      await desktop.connect(richHost, "plain", sshd.port);
      await sshd.kill();
      await expect(desktop.tray).toHaveAccessibleName(`Server ${richHost.name}, Reconnecting`);
      const mark = (app: string) => desktop.window(`${app} – ${richHost.name}`).getByRole("group", { name: `Connection to ${richHost.name}` });
      for (const app of APPS) {
        if (app !== "Dashboard") await desktop.openApp(app);
        await expect(mark(app).getByRole("timer"), app).toHaveText(/^Reconnecting( in \d+ s)?$/);
        await expect(mark(app).getByRole("button", { name: "Reconnect now" }), app).toBeVisible();
      }
      await desktop.openApp("Servers");
      const row = desktop.window(/^Servers/).getByRole("row", { name: new RegExp(`^${richHost.name}`) });
      await expect(row.getByRole("timer")).toHaveText(/^Reconnecting/);
      await isAccessibleInBoth(desktop, "servers, lost");
      await desktop.openApp("Port forwarding");
      await expect(desktop.window(/^Port forwarding/)).toContainText(`The connection to ${richHost.name} is lost`);
      await isAccessibleInBoth(desktop, "ports, lost");

      await sshd.start();
      await mark("Port forwarding").getByRole("button", { name: "Reconnect now" }).click();
      await desktop.isConnected(richHost.name);
      for (const app of APPS) await expect(mark(app)).toHaveCount(0);
    });
  });
}

test("a network that comes back tries a lost server at once", async ({ desktop, richHost, sshd }) => {
  const { page } = desktop;
  await desktop.connect(richHost, "plain", sshd.port);
  const asked: string[] = [];
  page.on("request", (request) => RETRY.test(request.url()) && asked.push(request.method()));
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await sshd.kill();
  await expect(desktop.tray).toHaveAccessibleName(`Server ${richHost.name}, Reconnecting`);
  expect(asked).toEqual([]);
  const retried = page.waitForRequest(RETRY);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await retried;
  await sshd.start();
  await desktop.isConnected(richHost.name);
});
