// The bell as a sound: a short, quiet tone made by the browser, at most a few times a second.

const AGAIN_AFTER_MS = 200;
const SECONDS = 0.12;
const LOUDNESS = 0.08;
const HERTZ = 740;

let context: AudioContext | null = null;
let lastMs = 0;

export function ringBell(): void {
  const nowMs = performance.now();
  if (nowMs - lastMs < AGAIN_AFTER_MS) return;
  lastMs = nowMs;
  context ??= new AudioContext();
  const tone = context.createOscillator();
  const loudness = context.createGain();
  const now = context.currentTime;
  tone.frequency.value = HERTZ;
  loudness.gain.setValueAtTime(LOUDNESS, now);
  loudness.gain.exponentialRampToValueAtTime(0.0001, now + SECONDS);
  tone.connect(loudness).connect(context.destination);
  tone.start(now);
  tone.stop(now + SECONDS);
}
