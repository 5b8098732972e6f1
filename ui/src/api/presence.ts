// Tells the program that a person is here, now and then while one is: without that it locks the page after the time that was chosen.
import { request } from "./client";
import { useProgram } from "./program";

/** How often it is told at most; what comes meanwhile is told at the end of it. */
const EVERY_MS = 15_000;
const SIGNS = ["pointerdown", "pointermove", "wheel", "keydown", "touchstart"] as const;

let timer = 0;
let isUntold = false;

/** Called once. */
export function watchPresence(): void {
  for (const sign of SIGNS) document.addEventListener(sign, noticed, { capture: true, passive: true });
}

function noticed(event: Event): void {
  // What a script makes of itself is no person.
  if (!event.isTrusted) return;
  isUntold = true;
  if (timer === 0) tell();
}

function tell(): void {
  timer = 0;
  if (!isUntold || useProgram.getState().phase !== "ready") return;
  isUntold = false;
  timer = window.setTimeout(tell, EVERY_MS);
  // A page that cannot tell is locked, which is what it is for.
  void request<undefined>("POST", "/session/activity", {}).catch(() => undefined);
}
