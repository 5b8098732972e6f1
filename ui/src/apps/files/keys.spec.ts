// Holds what each key means.
import { expect, it } from "vitest";
import { keyCommand } from "./keys";

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it("knows the keys of a file manager", () => {
  expect(keyCommand({ ...NONE, key: "F2" })).toBe("rename");
  expect(keyCommand({ ...NONE, key: "Delete", shiftKey: true })).toBe("removeForGood");
  expect(keyCommand({ ...NONE, key: "C", ctrlKey: true })).toBe("copy");
  expect(keyCommand({ ...NONE, key: "ArrowUp", altKey: true })).toBe("up");
  expect(keyCommand({ ...NONE, key: "N", ctrlKey: true, shiftKey: true })).toBe("newFolder");
  expect(keyCommand({ ...NONE, key: "F", ctrlKey: true, shiftKey: true })).toBe("searchContent");
  expect(keyCommand({ ...NONE, key: "f", ctrlKey: true })).toBe("filter");
});

it("leaves the desktop's keys and letters alone", () => {
  expect(keyCommand({ ...NONE, key: "ArrowLeft", ctrlKey: true, altKey: true })).toBeNull();
  expect(keyCommand({ ...NONE, key: "c" })).toBeNull();
  expect(keyCommand({ ...NONE, key: "Enter", shiftKey: true })).toBeNull();
});
