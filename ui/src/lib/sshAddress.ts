// Takes apart what people type or paste for a server: `root@web1:2222`, `ssh://root@[::1]:22`, a whole `ssh -J bastion -p 2222 root@web1`; pure.

export interface SshAddress {
  host: string;
  /** As it was typed, digits only. */
  port?: string;
  user?: string;
  /** Each `[user@]host[:port]`, the nearest first. */
  jump?: string[];
  /** The path of a private key on this computer. */
  keyPath?: string;
}

const ONE = /^(?:([^@\s]+)@)?(?:\[([0-9a-fA-F:.%\w]+)\]|([^:\s@/-][^:\s@/]*|[0-9a-fA-F:]+))(?::(\d+))?$/;

/** The parts of an address; null when the text is none. */
export function parseAddress(text: string): SshAddress | null {
  const words = text.trim().split(/\s+/);
  if (words[0] === "ssh") words.shift();
  const found: Partial<SshAddress> = {};
  let target: string | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const flag = /^-([pJil])(.*)$/.exec(word);
    if (flag === null) {
      if (target !== null) return null;
      target = word;
      continue;
    }
    const [, letter, glued] = flag;
    const value = glued === undefined || glued === "" ? (words[(at += 1)] ?? "") : glued;
    if (letter === "p") found.port = value;
    else if (letter === "J") found.jump = value.split(",").filter((hop) => hop !== "");
    else if (letter === "i") found.keyPath = value;
    else found.user = value;
  }
  const match = ONE.exec((target ?? "").replace(/^ssh:\/\//, ""));
  if (match === null || (found.port !== undefined && !/^\d+$/.test(found.port))) return null;
  const [, user, bracketed, plain, port] = match;
  return { ...found, host: bracketed ?? plain ?? "", ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
}

/** Whether a text is one hop of a chain: `[user@]host[:port]`. */
export function isHop(text: string): boolean {
  const match = ONE.exec(text);
  return match !== null && isPort(match[4] ?? "22");
}

/** Whether the digits are a TCP port. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
