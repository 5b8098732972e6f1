// A key that is made in the page and put on a server over the connection there is: it lets in, and putting it there again changes nothing.
import { isAccessibleInBoth } from "../support/accessible.ts";
import { ask } from "../support/lab.ts";
import { expect, test } from "../support/test.ts";

const USER = "ops";
const FILE = `/home/${USER}/.ssh/authorized_keys`;

test("a new key is installed on a server, once, and lets in", async ({ desktop, richHost, sshd }) => {
  const comment = `e2e-${sshd.port}`;
  try {
    await desktop.connect(richHost, USER, sshd.port);
    await desktop.openApp("Servers");
    const manager = desktop.window(`Servers – ${richHost.name}`);
    await manager.getByRole("treegrid", { name: "Servers" }).getByRole("row", { name: richHost.name }).click({ button: "right" });
    await desktop.page.getByRole("menuitem", { name: "Install a key" }).click();
    const list = desktop.dialog(`Install a key on ${richHost.name}`);
    await expect(list).toContainText("There is no key yet");
    await list.getByRole("button", { name: "New key" }).click();
    const making = desktop.dialog("New key");
    await making.getByRole("textbox", { name: "Comment" }).fill(comment);
    await isAccessibleInBoth(desktop, "a new key");
    await making.getByRole("button", { name: "Make the key" }).click();
    const install = list.getByRole("listitem").filter({ hasText: comment }).getByRole("button", { name: "Install" });
    await install.click();
    await expect(list.getByRole("alert")).toContainText("The key is installed");
    await isAccessibleInBoth(desktop, "a key that was installed");
    const once = await ask(richHost, "cat", FILE);
    expect(once.match(new RegExp(`^ssh-ed25519 \\S+ ${comment}$`, "gm"))).toHaveLength(1);
    expect(await ask(richHost, "stat", "-c", "%a %U", FILE)).toBe(`600 ${USER}\n`);
    await install.click();
    await expect(list.getByRole("alert")).toContainText("The key was there already");
    expect(await ask(richHost, "cat", FILE)).toBe(once);
    await list.getByRole("button", { name: "Done" }).click();

    const path = await desktop.page.evaluate(async () => {
      const { keys } = (await (await fetch("/api/keys")).json()) as { keys: { path: string }[] };
      return keys[0]?.path ?? "";
    });
    await desktop.addServer({ host: richHost.address, port: sshd.port, user: USER, name: "by key" }, { keyFile: path });
    await desktop.isConnected("by key");
    expect(await sshd.log()).toContain(`Accepted publickey for ${USER}`);
  } finally {
    await ask(richHost, "sed", "-i", `/ ${comment}$/d`, FILE);
  }
});
