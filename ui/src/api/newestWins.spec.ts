// Saves overlap here as they do when a person turns a wheel: the newest value must be the last that is sent.
import { expect, it } from "vitest";
import { newestWins } from "./newestWins";

function slowStore() {
  const sent: number[] = [];
  const answers: (() => void)[] = [];
  const state = { value: 0 };
  const save = newestWins(async () => {
    sent.push(state.value);
    await new Promise<void>((resolve) => answers.push(resolve));
  });
  const set = (value: number) => {
    state.value = value;
    return save();
  };
  return { sent, answers, set };
}

const turns = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve(); // oxlint-disable-line no-await-in-loop
};

it("sends the first at once, and of those that wait only the newest", async () => {
  const { sent, answers, set } = slowStore();
  const saves = [set(1), set(2), set(3)];
  expect(sent).toEqual([1]);
  answers[0]?.();
  await turns();
  expect(sent).toEqual([1, 3]);
  answers[1]?.();
  await Promise.all(saves);
  void set(4);
  expect(sent).toEqual([1, 3, 4]);
});

it("goes on after a save that failed", async () => {
  let sent = 0;
  const save = newestWins(async () => {
    sent += 1;
    await Promise.resolve();
    if (sent === 1) throw new Error("no");
  });
  const first = save();
  const second = save();
  await expect(first).rejects.toThrow("no");
  await second;
  expect(sent).toBe(2);
});
