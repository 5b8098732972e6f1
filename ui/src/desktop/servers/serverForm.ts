// The form of a server: what was typed, what is wrong with it, and the request it becomes; pure.
import type { Auth, Color, NewServer, Server, ServerChange } from "../../api/types";

export interface ServerForm {
  name: string;
  host: string;
  port: string;
  user: string;
  method: Auth["method"];
  keyPath: string;
  color: Color;
}

export type Mistakes = Partial<Record<"host" | "port" | "user" | "keyPath" | "name", string>>;

const LONGEST_NAME = 64;
const LONGEST_HOST = 253;

/** The form of a server that is there, or an empty one with the first colour nobody has. */
export function startForm(server: Server | null, freeColor: Color): ServerForm {
  return {
    name: server?.name ?? "",
    host: server?.host ?? "",
    port: String(server?.port ?? 22),
    user: server?.user ?? "",
    method: server?.auth.method ?? "auto",
    keyPath: server?.auth.method === "keyFile" ? server.auth.path : "",
    color: server?.color ?? freeColor,
  };
}

/** Takes apart what people paste into the host field: `ssh root@web1 -p 2222`, `root@web1:2222`, `ssh://root@[::1]:22`. */
export function splitAddress(text: string): Partial<Pick<ServerForm, "host" | "port" | "user">> {
  const flag = / -p ?(\d+)/.exec(text);
  const bare = text.replace(/ -p ?\d+/, "").trim().replace(/^ssh:\/\//, "").replace(/^ssh +/, "").trim();
  const match = /^(?:([^@\s]+)@)?(?:\[([0-9a-fA-F:.%\w]+)\]|([^:\s]+|[0-9a-fA-F:]+))(?::(\d+))?$/.exec(bare);
  if (match === null) return {};
  const [, user, bracketed, plain, portPart] = match;
  const port = flag?.[1] ?? portPart;
  return { host: bracketed ?? plain ?? bare, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
}

/** What has to be put right before the form can be sent; empty when nothing. */
export function mistakesIn(form: ServerForm): Mistakes {
  const mistakes: Mistakes = {};
  const host = form.host.trim();
  if (host === "") mistakes.host = "Enter a host name or an IP address.";
  else if (/[\s/@]/.test(host) || host.startsWith("-") || host.length > LONGEST_HOST) mistakes.host = "This is not a host name or an IP address.";
  const port = Number(form.port);
  if (!/^\d{1,5}$/.test(form.port.trim()) || port < 1 || port > 65_535) mistakes.port = "1 to 65535";
  const user = form.user.trim();
  if (user === "") mistakes.user = "Enter the user name on the server.";
  else if (/[\s@:]/.test(user) || user.startsWith("-")) mistakes.user = "This is not a user name.";
  if (form.method === "keyFile" && form.keyPath.trim() === "") mistakes.keyPath = "Enter the path of the private key on this computer.";
  if (form.name.trim().length > LONGEST_NAME) mistakes.name = `At most ${LONGEST_NAME} characters.`;
  return mistakes;
}

/** The change of a form without mistakes. Null would leave a name as it was, so an emptied one becomes the host. */
export function asServerChange(form: ServerForm): Partial<ServerChange> {
  const { name, host, port, user, auth, color } = asNewServer(form);
  return { name: name ?? host, host, port, user, auth, color: color ?? null };
}

/** The request that adds the server of a form without mistakes. */
export function asNewServer(form: ServerForm): NewServer {
  const name = form.name.trim();
  return {
    name: name === "" ? null : name,
    host: form.host.trim(),
    port: Number(form.port),
    user: form.user.trim(),
    auth: form.method === "keyFile" ? { method: "keyFile", path: form.keyPath.trim() } : { method: form.method },
    color: form.color,
    capabilities: null,
  };
}
