// The Settings' language model and an output that no parser understands, as a person meets them.
import { expect, type Locator } from "@playwright/test";
import type { Desktop } from "./desktop.ts";
import type { LabHost } from "./lab.ts";
import type { ModelProvider } from "./provider.ts";
import type { Sshd } from "./sshd.ts";

/** What must not leave this computer; all of it stands in the output. */
export const SECRET = "hunter2-planted";
export const ADDRESS = "192.0.2.17";
export const KEY = "planted-model-key";

/** `supervisorctl status` as no supervisor prints it. */
const ODD = [`programs of $(uname -n) at ${ADDRESS}`, "api: up, process 4711", "worker: down", `DB_PASSWORD=${SECRET}`];
export const ODD_SCRIPT = ODD.map((line) => `echo "${line}"`).join("\n");

/** What a model makes of it when it reads well. */
export const PROGRAMS = {
  programs: [
    { name: "api", state: "up", pid: 4711, runningSeconds: null, detail: null },
    { name: "worker", state: "down", pid: null, runningSeconds: null, detail: null },
  ],
};

/** Connects through an sshd whose supervisorctl prints oddly. */
export async function connectOdd(desktop: Desktop, host: LabHost, sshd: Sshd, user = "root"): Promise<void> {
  await sshd.withProgram("supervisorctl", ODD_SCRIPT);
  await desktop.connect(host, user, sshd.port);
}

/** Opens the Query Explorer with the programs of supervisord. */
export async function openPrograms(desktop: Desktop, name: string): Promise<Locator> {
  await desktop.openApp("Query Explorer");
  const window = desktop.window(`Query Explorer – ${name}`);
  await window.locator('[data-query="services.supervisor"]').click();
  return window;
}

export async function openSettings(desktop: Desktop, name: string): Promise<Locator> {
  await desktop.openApp("Settings");
  return desktop.window(`Settings – ${name}`);
}

/** Chooses the provider of the test in the settings, which are open. */
export async function chooseModel(settings: Locator, provider: ModelProvider): Promise<void> {
  await settings.getByText("OpenAI-compatible", { exact: true }).click();
  await settings.getByRole("textbox", { name: "Address" }).fill(provider.address);
  await settings.getByRole("textbox", { name: "Model name" }).fill("tiny");
  await settings.getByRole("button", { name: "Save", exact: true }).click();
  await expect(settings.getByRole("form", { name: "Model" }).getByRole("status")).toHaveText("Saved.");
}
