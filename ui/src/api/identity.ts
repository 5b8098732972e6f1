// Whether what answers at this address is the program that the page came from: after a loss that is proved, without the cookie, before anything else is sent or believed. Another program may have the port by then.

/** `other`: somebody's answer does not prove it. `offline`: no answer; whether nobody is there, somebody who says nothing, or the program itself, which takes its time, a page cannot tell apart. */
export type Proven = "same" | "other" | "offline";

const PURPOSE = "headlessos proof\0";
/** Who takes longer is asked again. */
const ANSWER_MS = 5000;

let key: CryptoKey | null = null;
let isInDoubt = false;
let proving: Promise<Proven> | null = null;
let doubted: () => void = () => undefined;

/** False between a loss and the proof: until then nothing is to be sent. */
export function isTrusted(): boolean {
  return !isInDoubt;
}

/** The same for who can wait for a proof that is under way. */
export async function isProven(): Promise<boolean> {
  if (isInDoubt) await proving;
  return !isInDoubt;
}

/** The connection is lost, or nobody listens to it any more: whoever answers next may be another. */
export function doubt(): void {
  if (key === null || isInDoubt) return;
  isInDoubt = true;
  doubted();
}

/** Calls back when doubt begins. */
export function onDoubt(begun: () => void): void {
  doubted = begun;
}

/** Remembers who the program is, by what it said over the session that was just opened; the next run of it is the same. */
export async function learn(ask: () => Promise<{ key: string }>): Promise<void> {
  if (key !== null) return;
  const text = (await ask()).key;
  key = await window.crypto.subtle.importKey("raw", new TextEncoder().encode(text), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

/** Whether the page has learned who its program is; without that nobody can prove to be it. */
export function isProgramKnown(): boolean {
  return key !== null;
}

/** Whether anybody answers at all, whatever it is; it is told nothing. */
export async function isAnswered(): Promise<boolean> {
  try {
    await fetch("/", { credentials: "omit", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
    return true;
  } catch {
    return false;
  }
}

/** Has whoever answers prove to be the program. Before that is known there is nothing to prove: only a page's first start, and an address that its person opens in it, may come this far. */
export async function prove(): Promise<Proven> {
  if (key === null || !isInDoubt) return "same";
  proving ??= challenge(key).finally(() => (proving = null));
  return proving;
}

async function challenge(known: CryptoKey): Promise<Proven> {
  const drawn = toHex(window.crypto.getRandomValues(new Uint8Array(32)));
  let answer: string;
  try {
    const response = await fetch("/api/session/proof", {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ challenge: drawn }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    answer = await response.text();
  } catch {
    return "offline";
  }
  try {
    const { proof } = JSON.parse(answer) as { proof: string };
    if (!(await window.crypto.subtle.verify("HMAC", known, fromHex(proof), new TextEncoder().encode(PURPOSE + drawn)))) return "other";
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
