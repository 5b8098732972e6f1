// Whether what answers at this address is the program that the page came from: after a loss that is proved, without the cookie, before anything else is sent or believed. Another program may have the port by then.

/** `other`: somebody answers and cannot prove it. */
export type Proven = "same" | "other" | "offline";

const PURPOSE = "headlessos proof\0";

let key: CryptoKey | null = null;
let isInDoubt = false;

/** False between a loss and the proof: until then nothing is to be sent. */
export function isTrusted(): boolean {
  return !isInDoubt;
}

/** The connection is lost: whoever answers next may be another. */
export function doubt(): void {
  isInDoubt = key !== null;
}

/** Another address was opened in this browser: the program behind it is the one from now on. */
export function trustAnew(): void {
  key = null;
  isInDoubt = false;
}

/** Remembers who the program is, by what it said over the session that was just opened; once for each run of it. */
export async function learn(ask: () => Promise<{ key: string }>): Promise<void> {
  if (key !== null) return;
  const text = (await ask()).key;
  key = await window.crypto.subtle.importKey("raw", new TextEncoder().encode(text), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

/** Has whoever answers prove to be the program. */
export async function prove(): Promise<Proven> {
  if (key === null || !isInDoubt) return "same";
  const challenge = toHex(window.crypto.getRandomValues(new Uint8Array(32)));
  let answer: Response;
  try {
    answer = await fetch("/api/session/proof", {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ challenge }),
    });
  } catch {
    return "offline";
  }
  try {
    const { proof } = (await answer.json()) as { proof: string };
    if (!(await window.crypto.subtle.verify("HMAC", key, fromHex(proof), new TextEncoder().encode(PURPOSE + challenge)))) return "other";
  } catch {
    return "other";
  }
  isInDoubt = false;
  return "same";
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
