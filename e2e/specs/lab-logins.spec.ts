// The same dashboard for every kind of user and login shell: nothing a shell prints or a locale changes gets into a figure.
import { figuresOf } from "../support/figures.ts";
import { labHost, whyNot } from "../support/lab.ts";
import { expect, test } from "../support/test.ts";

const TITLES = ["CPU", "Memory", "Network", "Filesystems", "Load", "System", "Failed services", "Containers", "Updates", "Users"];

for (const [name, users] of Object.entries({
  deb12: ["admin", "dockerman", "noisy", "fishy", "cshy", "zshy", "dashy", "german"],
  deb13: ["plain"],
  busybox: ["plain"],
  fedora: ["plain"],
})) {
  for (const user of users) {
    test(`${user} on ${name} sees a whole dashboard`, async ({ desktop }) => {
      const host = labHost(name);
      test.skip(host === null, whyNot(name));
      if (host === null) return;
      await desktop.connect(host, user);
      // An answer, or in plain words that this host or user has none; never a failure.
      for (const title of TITLES) await expect(desktop.card(title), title).toHaveAttribute("data-state", /^(ok|unsupported|denied|unavailable)$/, { timeout: 45_000 });
      const own = await figuresOf(host);
      expect(await desktop.figure("memory.total")).toBe(own.memoryTotalBytes);
      expect((await desktop.figures("filesystem.size ")).get("/")).toBe(own.filesystemSizes.get("/"));
      await expect(desktop.card("System").getByText(own.hostname, { exact: true })).toBeVisible();
      if (own.failedUnits !== null) expect(await desktop.figure("services.failed")).toBe(own.failedUnits.length);
      if (name === "deb12") expect(await desktop.figure("updates.count")).toBe(own.updates?.length);
      const readsDocker = user === "dockerman";
      if (name === "deb12") await expect(desktop.card("Containers")).toHaveAttribute("data-state", readsDocker ? "ok" : "denied");
    });
  }
}

test("a host without SFTP and a host without the tools say so on their cards", async ({ desktop }) => {
  const host = labHost("busybox");
  test.skip(host === null, whyNot("busybox"));
  if (host === null) return;
  await desktop.connect(host, "root");
  await expect(desktop.card("Containers")).toContainText("installed on this server.");
  await desktop.card("Memory").getByRole("button", { name: "Show the command" }).click();
  await expect(desktop.dialog("Show the command").getByRole("group", { name: "Command run on the server" })).not.toBeEmpty();
});
