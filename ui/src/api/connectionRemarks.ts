// What is to be said about an open connection: algorithms that are no longer safe, and what the SSH configuration asks for and is not done; pure.
import { plural } from "../lib/numbers";
import type { ConnectionDetails, Server } from "./types";

/** The parts that are agreed when a connection is made. */
export type Part = "keyExchange" | "hostKey" | "cipher" | "mac";

export interface Weakness {
  part: Part;
  /** Its name in SSH. */
  algorithm: string;
  why: string;
  remedy: string;
}

/** What a server should offer in place of a weak one, under which keyword of sshd_config. */
const BETTER: Record<Part, string> = {
  keyExchange: "curve25519-sha256 under KexAlgorithms",
  hostKey: "ssh-ed25519 or rsa-sha2-512 under HostKeyAlgorithms",
  cipher: "aes256-gcm@openssh.com under Ciphers",
  mac: "hmac-sha2-256-etm@openssh.com under MACs",
};

/** Each weak algorithm in the order in which they are agreed; empty: none. */
export function weaknessesOf(details: ConnectionDetails): Weakness[] {
  const weak = details.weak.map((algorithm): Weakness => {
    const part = partOf(details, algorithm);
    return { part, algorithm, why: whyWeak(part, algorithm), remedy: `Allow ${BETTER[part]} in the server's sshd_config.` };
  });
  if (isOpenToTerrapin(details)) {
    weak.unshift({
      part: "keyExchange",
      algorithm: details.keyExchange,
      why: "It was not strict, and with this cipher the first messages can be dropped unnoticed on the way (the Terrapin attack).",
      remedy: "Update the SSH server; OpenSSH is strict from 9.6 on.",
    });
  }
  return weak;
}

/** What stands beside a connection in a few words, `1 weak algorithm, 2 settings not applied`; null: nothing to say. */
export function remarksOf({ state, kind }: Pick<Server, "state" | "kind">): string | null {
  if (state.status !== "connected" || kind === "local") return null;
  const weak = new Set(weaknessesOf(state.details).map(({ algorithm }) => algorithm)).size;
  const unheeded = state.details.unheeded.length;
  const words = [...(weak > 0 ? [plural(weak, "weak algorithm")] : []), ...(unheeded > 0 ? [`${plural(unheeded, "setting")} not applied`] : [])];
  return words.length === 0 ? null : words.join(", ");
}

function partOf({ keyExchange, hostKeyAlgorithm, cipher }: ConnectionDetails, algorithm: string): Part {
  if (algorithm === keyExchange) return "keyExchange";
  if (algorithm === hostKeyAlgorithm) return "hostKey";
  return algorithm === cipher ? "cipher" : "mac";
}

function whyWeak(part: Part, algorithm: string): string {
  if (algorithm.startsWith("3des")) return "Its blocks of 64 bits repeat in a long connection, which gives away parts of what is sent.";
  if (algorithm.includes("-cbc")) return "In CBC mode, who changes what is sent on its way can learn parts of it.";
  if (algorithm === "ssh-dss") return "Its keys have 1,024 bits, which is too short today.";
  if (algorithm.includes("group1-")) return "Its group has 1,024 bits, which is too short today, and it relies on SHA-1, which is broken.";
  if (part === "mac") return "It relies on SHA-1, which is no longer relied on.";
  return "It relies on SHA-1, which is broken.";
}

/** Only these ciphers are affected where the key exchange is not strict. */
function isOpenToTerrapin({ isStrict, cipher, mac }: ConnectionDetails): boolean {
  if (isStrict) return false;
  return cipher.startsWith("chacha20-poly1305") || (cipher.endsWith("-cbc") && (mac?.includes("-etm") ?? false));
}
