// Holds how a recording is played: on time, from the start after going back, and no faster than its screen.
import { expect, it } from "vitest";
import type { Cast, CastEvent } from "./asciicast";
import { Playback, type PlaybackState } from "./playback";

const RESET = "\u0018\u001b[?1049l\u001b[2J\u001b[3J\u001bc";

const output = (atMs: number, text: string): CastEvent => ({ kind: "output", atMs, text });

function start(events: CastEvent[], idleLimitMs: number | null = null) {
  const seen: string[] = [];
  const waiting: (() => void)[] = [];
  const states: PlaybackState[] = [];
  const cast: Cast = { columns: 80, rows: 24, title: null, events, durationMs: 0, skippedLines: 0, isCut: false };
  const screen = {
    write: (text: string, done: () => void) => {
      seen.push(text);
      waiting.push(done);
    },
    resize: (columns: number, rows: number) => void seen.push(`${columns}x${rows}`),
  };
  const playback = new Playback(cast, screen, (state) => states.push(state), idleLimitMs);
  /** Lets the screen take in all that comes. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      waiting.shift()?.();
      // oxlint-disable-next-line no-await-in-loop -- turn by turn
      await Promise.resolve();
    }
  };
  const seenSince = () => seen.splice(0);
  return { playback, settle, seenSince, last: () => states.at(-1) };
}

const EVENTS = [output(0, "a"), output(100, "b"), { kind: "resize", atMs: 150, columns: 100, rows: 30 } as const, output(200, "c"), output(5200, "d")];

it("shows what is due, and stops at the end", async () => {
  const { playback, settle, seenSince, last } = start(EVENTS, 2000);
  playback.play();
  playback.tick(16);
  await settle();
  expect(seenSince()).toEqual(["a"]);
  playback.tick(184);
  await settle();
  expect(seenSince()).toEqual(["b", "100x30", "c"]);
  expect(last()).toEqual({ positionMs: 200, durationMs: 2200, isPlaying: true });
  playback.setSpeed(4);
  for (let frame = 0; frame < 2; frame += 1) playback.tick(250);
  await settle();
  expect(last()).toMatchObject({ positionMs: 2200, isPlaying: false });
  expect(seenSince()).toEqual(["d"]);
});

it("goes back by starting anew, also while it still goes", async () => {
  const { playback, settle, seenSince } = start(EVENTS);
  playback.seek(9999);
  await settle();
  expect(seenSince()).toEqual(["ab", "100x30", "cd"]);
  playback.seek(200);
  playback.seek(9999);
  playback.seek(120);
  await settle();
  expect(seenSince()).toEqual([RESET, "80x24", "ab"]);
  playback.seek(210);
  playback.seek(0);
  await settle();
  expect(seenSince()).toEqual(["100x30", "c", RESET, "80x24", "a"]);
});

it("waits for a screen that is slow", async () => {
  const { playback, settle, seenSince, last } = start(EVENTS);
  playback.play();
  playback.tick(10);
  playback.tick(200);
  expect(last()?.positionMs).toBe(10);
  expect(seenSince()).toEqual(["a"]);
  await settle();
  playback.tick(200);
  expect(last()?.positionMs).toBe(210);
});

it("keeps its moment when pauses are shortened, and begins anew after the end", async () => {
  const { playback, settle, seenSince, last } = start(EVENTS);
  playback.seek(5200);
  playback.setIdleLimit(1000);
  expect(last()).toMatchObject({ positionMs: 1200, durationMs: 1200 });
  await settle();
  seenSince();
  playback.play();
  await settle();
  expect(seenSince()).toEqual([RESET, "80x24", "a"]);
  expect(last()).toMatchObject({ positionMs: 0, isPlaying: true });
  playback.stop();
  playback.tick(100);
  await settle();
  expect(seenSince()).toEqual([]);
});
