// Holds how transfers are described.
import { expect, it } from "vitest";
import type { FileJob } from "../../../api/fileTypes";
import { jobTitle, progressWords, shareOf } from "./lines";

const JOB: FileJob = {
  id: "1", kind: "copy", server: "web1", toServer: "web1", paths: ["/a/b"], pathCount: 1, toFolder: "/var/log", state: "running", priority: "normal", interrupted: false, question: null, filesDone: 1, filesTotal: 4,
  bytesDone: 1024, bytesTotal: 4096, bytesPerSecond: 1024, current: null, failures: [], failureCount: 0, skipped: 0, startedAt: 0, endedAt: null, trashed: [],
};

it("names what is done", () => {
  expect(jobTitle(JOB)).toBe("Copying b to log");
  expect(jobTitle({ ...JOB, state: "done", pathCount: 3 })).toBe("Copied 3 items to log");
  expect(jobTitle({ ...JOB, kind: "trash", toFolder: null })).toBe("Moving b to the Recycle Bin");
  expect(jobTitle({ ...JOB, kind: "emptyTrash", toFolder: null })).toBe("Emptying the Recycle Bin");
});

it("says how far it is", () => {
  expect(progressWords(JOB)).toBe("1 of 4 items, 1.00 KiB of 4.00 KiB, 1.00 KiB/s, 3 s left");
  expect(progressWords({ ...JOB, filesTotal: null, bytesTotal: null, bytesPerSecond: 0 })).toBe("1 done, counting");
  expect(shareOf(JOB)).toBe(0.25);
  expect(shareOf({ ...JOB, bytesTotal: 0 })).toBe(0.25);
  expect(shareOf({ ...JOB, filesTotal: null, bytesTotal: null })).toBeNull();
});
