// Holds that nothing of an upload is left out in silence.
import { expect, it } from "vitest";
import { unreadableOf } from "./uploadAttempt";

it("names what this computer does not let be read", () => {
  const sources = [{ relativePath: "tree", file: null }, { relativePath: "tree/shut", file: null, isUnreadable: true }];
  const { failures, failureCount } = unreadableOf("/srv", sources);
  expect(failureCount).toBe(1);
  expect(failures.map(({ path }) => path)).toEqual(["/srv/tree/shut"]);
});
