// Holds the order of deleted items and how their moment is written.
import { expect, it } from "vitest";
import type { TrashedFile } from "../../api/fileTypes";
import { arranged, deletedWord } from "./trashList";

const item = (id: string, originalPath: string, deletedAt: string | null, sizeBytes: number | null): TrashedFile => ({ id, name: id, originalPath, deletedAt, kind: "file", sizeBytes });
const ITEMS = [item("a", "/home/b10.txt", "2026-11-25T10:00:00", 5), item("b", "/etc/b9.txt", "2026-11-24T10:00:00", null), item("c", "/var/a.txt", null, 9)];
const ids = (items: readonly TrashedFile[]) => items.map((each) => each.id).join("");

it("sorts and filters", () => {
  expect(ids(arranged(ITEMS, { by: "name", isDescending: false, filter: "" }))).toBe("cba");
  expect(ids(arranged(ITEMS, { by: "deleted", isDescending: true, filter: "" }))).toBe("abc");
  expect(ids(arranged(ITEMS, { by: "size", isDescending: true, filter: "B" }))).toBe("ab");
  expect(ids(arranged(ITEMS, { by: "place", isDescending: false, filter: "" }))).toBe("bac");
});

it("writes the server's own time", () => {
  expect(deletedWord("2026-11-05T08:09:10")).toBe("5 Nov 2026, 08:09");
  expect(deletedWord("odd")).toBe("odd");
  expect(deletedWord(null)).toBe("–");
});
