// The form of a server: what was typed, what is wrong with it, and the request it becomes; pure.
import type { Capability } from "../../api/permissions";
import type { Auth, Color, NewServer, Server, ServerChange } from "../../api/types";
import { isHop, isPort, parseAddress } from "../../lib/sshAddress";

export interface ServerForm {
  name: string;
  host: string;
  /** Empty: what the SSH configuration says, else 22. */
  port: string;
  /** Empty: what the SSH configuration says, else the name of this computer's user. */
  user: string;
  method: Auth["method"];
  keyPath: string;
  color: Color;
  folder: string;
  /** As they are typed, with commas between them. */
  tags: string;
  notes: string;
  /** The hops on the way, with commas between them, the first one first. */
  jump: string;
  keepSecrets: boolean;
  /** Null: as usual. */
  capabilities: Capability[] | null;
  production: boolean;
}

export type Mistakes = Partial<Record<"host" | "port" | "user" | "keyPath" | "name" | "folder" | "tags" | "notes" | "jump", string>>;

const LONGEST_NAME = 60;
const LONGEST_HOST = 253;
const LONGEST_USER = 64;
const LONGEST_FOLDER = 200;
const DEEPEST_FOLDER = 8;
const MOST_TAGS = 20;
const LONGEST_TAG = 40;
const MOST_NOTES_BYTES = 20_480;
const MOST_HOPS = 8;

/** The form of a server that is there, or an empty one with the first colour nobody has. */
export function startForm(server: Server | null, freeColor: Color): ServerForm {
  return {
    name: server?.name ?? "",
    host: server?.host ?? "",
    port: String(server?.port ?? ""),
    user: server?.user ?? "",
    method: server?.auth.method ?? "auto",
    keyPath: server?.auth.method === "keyFile" ? server.auth.path : "",
    color: server?.color ?? freeColor,
    folder: server?.folder ?? "",
    tags: server?.tags.join(", ") ?? "",
    notes: server?.notes ?? "",
    jump: server?.jump.join(", ") ?? "",
    keepSecrets: server?.keepSecrets ?? false,
    capabilities: server?.capabilities ?? null,
    production: server?.production ?? false,
  };
}

/** Takes apart what people paste into the host field: `root@web1:2222`, or a whole `ssh` command. Nothing where the text is no address. */
export function splitAddress(text: string): Partial<ServerForm> {
  const found = parseAddress(text);
  if (found === null) return {};
  const { host, port, user, jump, keyPath } = found;
  return {
    host,
    ...(port === undefined ? {} : { port }),
    ...(user === undefined ? {} : { user }),
    ...(jump === undefined ? {} : { jump: jump.join(", ") }),
    ...(keyPath === undefined ? {} : { method: "keyFile", keyPath }),
  };
}

/** What has to be put right before the form can be sent; empty when nothing. */
export function mistakesIn(form: ServerForm): Mistakes {
  const mistakes: Mistakes = {};
  const host = form.host.trim();
  if (host === "") mistakes.host = "Enter a host name or an IP address.";
  else if (/[\s/@]/.test(host) || host.startsWith("-") || host.length > LONGEST_HOST) mistakes.host = "This is not a host name or an IP address.";
  const port = form.port.trim();
  if (port !== "" && !isPort(port)) mistakes.port = "1 to 65535";
  const user = form.user.trim();
  if (/[\s@:]/.test(user) || user.startsWith("-") || user.length > LONGEST_USER) mistakes.user = "This is not a user name.";
  if (form.method === "keyFile" && form.keyPath.trim() === "") mistakes.keyPath = "Enter the path of the private key on this computer.";
  if (form.name.trim().length > LONGEST_NAME) mistakes.name = `At most ${LONGEST_NAME} characters.`;
  const folder = folderOf(form);
  if (folder.length > LONGEST_FOLDER || folder.split("/").length > DEEPEST_FOLDER) mistakes.folder = `At most ${LONGEST_FOLDER} characters and ${DEEPEST_FOLDER} levels.`;
  const tags = listOf(form.tags);
  if (tags.length > MOST_TAGS) mistakes.tags = `At most ${MOST_TAGS} tags.`;
  else if (tags.some((tag) => tag.length > LONGEST_TAG)) mistakes.tags = `At most ${LONGEST_TAG} characters each.`;
  if (new TextEncoder().encode(form.notes).length > MOST_NOTES_BYTES) mistakes.notes = "At most 20 KB.";
  const jump = listOf(form.jump);
  const wrong = jump.find((hop) => !isHop(hop));
  if (wrong !== undefined) mistakes.jump = `${wrong} is not user@host:port.`;
  else if (jump.length > MOST_HOPS) mistakes.jump = `At most ${MOST_HOPS} hops.`;
  return mistakes;
}

/** The change of a form without mistakes. Null would leave a name as it was, so an emptied one becomes the host. */
export function asServerChange(form: ServerForm): Partial<ServerChange> {
  const { name, host, port, user, auth, color, folder, tags, notes, jump, keepSecrets, production, capabilities } = asNewServer(form);
  return { name: name ?? host, host, port: port ?? null, user: user ?? "", auth: auth ?? null, color: color ?? null, folder: folder ?? "", tags: tags ?? [], notes: notes ?? "", jump: jump ?? [], keepSecrets: keepSecrets ?? false, production: production ?? false, ...(capabilities === null ? {} : { capabilities }) };
}

/** The request that adds the server of a form without mistakes. */
export function asNewServer(form: ServerForm): NewServer {
  const name = form.name.trim();
  const port = form.port.trim();
  return {
    name: name === "" ? null : name,
    host: form.host.trim(),
    port: port === "" ? null : Number(port),
    user: form.user.trim(),
    auth: form.method === "keyFile" ? { method: "keyFile", path: form.keyPath.trim() } : { method: form.method },
    color: form.color,
    capabilities: form.capabilities,
    production: form.production,
    folder: folderOf(form),
    tags: listOf(form.tags),
    notes: form.notes,
    jump: listOf(form.jump),
    keepSecrets: form.keepSecrets,
  };
}

function listOf(text: string): string[] {
  return [...new Set(text.split(",").map((each) => each.trim()).filter(Boolean))];
}

function folderOf({ folder }: ServerForm): string {
  return folder.split("/").map((name) => name.trim()).filter(Boolean).join("/");
}
