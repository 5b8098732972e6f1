// Holds that no more than so many run at once, and that a failure gives its turn back.
import { expect, it } from "vitest";
import { Turns } from "./turns";

it("runs so many at once", async () => {
  const turns = new Turns(2);
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
  };
  await Promise.all([1, 2, 3, 4, 5].map(() => turns.run(work)));
  expect(most).toBe(2);
  await expect(turns.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await turns.run(work);
  expect(running).toBe(0);
});
