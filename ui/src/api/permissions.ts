// What a server's profile grants, in words: the permissions, the usual sets of them, and why something cannot be done.
import { knownServers } from "./servers";
import type { components } from "./generated/api";
import type { Server } from "./types";

export type Capability = Server["capabilities"][number];
export type Mode = components["schemas"]["Mode"];
export type ModeSet = components["schemas"]["CatalogMode"];

/** Every permission, in the order it is shown; the words are complete, as the type says. */
export const CAPABILITY_WORDS: Record<Capability, { title: string; line: string }> = {
  "system.read": { title: "See the system", line: "Load, memory, disks, network, services. Connecting takes it." },
  "files.read": { title: "Read files", line: "List folders, open, search and download what the signed-in user may read." },
  "files.write": { title: "Change files", line: "Save, upload, rename, delete, change owner and mode. As root that is everything, accounts included." },
  "logs.read": { title: "Read logs", line: "The journal and log files." },
  "processes.signal": { title: "End processes", line: "Send signals and change priorities." },
  "services.control": { title: "Control services", line: "Start, stop, restart and enable them." },
  "docker.read": { title: "See containers", line: "Containers, images, volumes and their logs." },
  "docker.control": { title: "Control containers", line: "Start, stop, restart and remove them." },
  "packages.change": { title: "Change packages", line: "Install, remove and upgrade software." },
  "accounts.change": { title: "Change accounts", line: "Users, groups, passwords and keys." },
  "firewall.change": { title: "Change the firewall", line: "Open and close ports." },
  "cron.change": { title: "Change scheduled jobs", line: "Crontabs and timers." },
  "power.control": { title: "Restart and switch off", line: "The whole machine." },
  "terminal.open": { title: "Open terminals and forward ports", line: "A shell can do everything that the signed-in user may do." },
  "agent.act": { title: "Let an agent act", line: "What it changes still takes a click of yours." },
};
export const CAPABILITIES = Object.keys(CAPABILITY_WORDS) as Capability[];

export const MODE_WORDS: Record<Mode | "custom", { label: string; line: string }> = {
  observe: { label: "Observe", line: "Looks at everything and changes nothing." },
  operate: { label: "Operate", line: "Also controls services and containers and ends processes. No terminal and no changing of files: with either one could change accounts, packages and the firewall too." },
  administer: { label: "Administer", line: "Everything you do yourself. Only an agent may not act; that is granted under Custom." },
  custom: { label: "Custom", line: "Just what is switched on here." },
};

/** The usual set that these are, in any order; custom: none. */
export function modeOf(capabilities: readonly Capability[], modes: readonly ModeSet[]): Mode | "custom" {
  const isIt = (set: ModeSet) => set.capabilities.length === capabilities.length && set.capabilities.every((each) => capabilities.includes(each));
  return modes.find(isIt)?.mode ?? "custom";
}

/** Why the server's profile does not let this be done; null: it does. */
export function notGranted(server: Server, capability: Capability): string | null {
  if (server.capabilities.includes(capability)) return null;
  const what = `“${CAPABILITY_WORDS[capability].title}” (${capability})`;
  return server.mode === null ? `The permissions of ${server.name} do not include ${what}.` : `${server.name} is set to ${MODE_WORDS[server.mode].label}, which does not include ${what}.`;
}

/** The same by the server's id. */
export function notGrantedOn(server: string, capability: Capability): string | null {
  const known = knownServers().find((each) => each.id === server);
  return known === undefined ? null : notGranted(known, capability);
}
