// Holds whose turn it is.
import { expect, test } from "vitest";
import { arrange, type Queued } from "./uploadQueue";

function upload(id: number, state: string, priority: Queued["priority"] = "normal"): Queued & { id: number } {
  return { id, state, priority };
}

test("three are at work, the older first", () => {
  const { begin, hold } = arrange([upload(1, "running"), upload(2, "paused"), upload(3, "queued"), upload(4, "waiting"), upload(5, "queued"), upload(6, "queued")]);
  expect(begin.map(({ id }) => id)).toEqual([3, 5]);
  expect(hold).toEqual([]);
});

test("an urgent one takes the place of the newest of the least urgent", () => {
  const { begin, hold } = arrange([upload(1, "running", "low"), upload(2, "running"), upload(3, "running"), upload(4, "queued", "high")]);
  expect(begin.map(({ id }) => id)).toEqual([4]);
  expect(hold.map(({ id }) => id)).toEqual([1]);
});
