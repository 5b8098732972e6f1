// The desktop as a person meets it: by roles, names and figures.
import { expect, type Locator, type Page } from "@playwright/test";
import type { LabHost } from "./lab.ts";

/** Where a server is and how to get in. */
export interface Login {
  host: string;
  port: number;
  user: string;
  name: string;
}

export class Desktop {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the launch address and answers the question about root, where there is one. */
  async open(launchUrl: string, usesThisComputer: boolean): Promise<void> {
    await this.page.goto(launchUrl);
    if (process.getuid?.() !== 0) {
      await this.taskbar.waitFor();
      return;
    }
    const question = this.dialog("HeadlessOS runs as root");
    await question.waitFor();
    const answer = usesThisComputer ? "Use This computer as root" : "Cancel";
    await question.getByRole("button", { name: answer }).click();
    await expect(question).toBeHidden();
  }

  get taskbar(): Locator {
    return this.page.getByRole("navigation", { name: "Taskbar" });
  }

  /** The button in the tray that names the server and the state of its connection. */
  get tray(): Locator {
    return this.taskbar.getByRole("button", { name: /^Server / });
  }

  /** Opens an app from the start menu, which every screen has. */
  async openApp(title: string): Promise<void> {
    await this.taskbar.getByRole("button", { name: "Start" }).click();
    await this.dialog("Start menu").getByRole("button", { name: title }).click();
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole("dialog", { name });
  }

  window(name: string | RegExp): Locator {
    return this.page.getByRole("region", { name });
  }

  /** A card of the dashboard that is shown. */
  card(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true }).filter({ visible: true });
  }

  /** The exact figure of this name, null where it is unknown or not shown. */
  async figure(name: string): Promise<number | null> {
    const figures = this.page.locator(`data[data-measure=${JSON.stringify(name)}]`).filter({ visible: true });
    const value = (await figures.count()) === 0 ? null : await figures.first().getAttribute("value");
    return value === null || value === "" ? null : Number(value);
  }

  /** All figures whose name begins so, by the rest of the name. */
  async figures(prefix: string): Promise<Map<string, number>> {
    const found = await this.page
      .locator(`data[data-measure^=${JSON.stringify(prefix)}]`)
      .filter({ visible: true })
      .evaluateAll((all) => all.map((each) => [each.dataset["measure"] ?? "", (each as HTMLDataElement).value] as const));
    return new Map(found.filter(([, value]) => value !== "").map(([name, value]) => [name.slice(prefix.length), Number(value)]));
  }

  /** Adds a server by mouse, up to the point where it connects. */
  async addServer(login: Login, method: "Password" | { keyFile: string } = "Password"): Promise<void> {
    await this.tray.click();
    await this.dialog("Switch server").getByRole("button", { name: "Add server" }).click();
    const dialog = this.dialog("Add server");
    await dialog.getByRole("textbox", { name: "Host", exact: true }).fill(login.host);
    await dialog.getByRole("textbox", { name: "Port" }).fill(String(login.port));
    await dialog.getByRole("textbox", { name: "User" }).fill(login.user);
    await dialog.getByRole("textbox", { name: "Name" }).fill(login.name);
    if (method === "Password") {
      await dialog.getByText("Password", { exact: true }).click();
    } else {
      await dialog.getByText("Key file", { exact: true }).click();
      await dialog.getByRole("textbox", { name: "Key file" }).fill(method.keyFile);
    }
    await dialog.getByRole("button", { name: "Add and connect" }).click();
    await expect(dialog).toBeHidden();
  }

  /** Trusts the host key that is asked about. */
  async trustKey(): Promise<void> {
    const question = this.dialog("Confirm host key");
    await question.getByRole("button", { name: "Trust and connect" }).click();
    await expect(question).toBeHidden();
  }

  async enterPassword(password: string): Promise<void> {
    const question = this.dialog("Password");
    await question.getByLabel("Password").fill(password);
    await question.getByRole("button", { name: "Sign in" }).click();
  }

  /** Adds a lab host by mouse and signs in with the user's password. */
  async connect(host: LabHost, user: string, port = host.port): Promise<void> {
    await this.addServer({ host: host.address, port, user, name: host.name });
    await this.trustKey();
    await this.enterPassword(passwordOf(host, user));
    await this.isConnected(host.name);
  }

  async isConnected(name: string): Promise<void> {
    await expect(this.tray).toHaveAccessibleName(`Server ${name}, Connected`, { timeout: 30_000 });
  }
}

export function passwordOf(host: LabHost, user: string): string {
  const password = host.users.find((each) => each.name === user)?.password;
  if (password == null) throw new Error(`${user} has no password on ${host.name}`);
  return password;
}
