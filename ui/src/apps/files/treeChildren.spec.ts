// A folder of very many is not put in order anew each time that the tree is drawn.
import { expect, it } from "vitest";
import { itemOf, type FileItem } from "../../api/folderItems";
import { childrenOf } from "./treeChildren";

const item = (name: string, kind: "folder" | "file" = "folder"): FileItem =>
  itemOf("/", { name, kind, sizeBytes: null, mode: null, uid: null, gid: null, modifiedAt: null });

it("are the folders alone, by name, hidden ones only where they are wanted", () => {
  const items = [item("b"), item("a"), item("x", "file"), item(".c")];
  expect(childrenOf(items, false).folders.map((each) => each.name)).toEqual(["a", "b"]);
  expect(childrenOf(items, true).folders.map((each) => each.name)).toEqual([".c", "a", "b"]);
});

it("are no more than a person looks through, and the rest is counted", () => {
  const many = Array.from({ length: 1200 }, (_, at) => item(`folder ${1200 - at}`));
  const shown = childrenOf(many, false);
  expect(shown.folders).toHaveLength(500);
  expect(shown.folders[0]?.name).toBe("folder 1");
  expect(shown.more).toBe(700);
});

it("of very many are those that came first, without comparing them all", () => {
  let reads = 0;
  const counted = (name: string) => ({ ...item(name), get sortName() { reads += 1; return name; } });
  const many = Array.from({ length: 30_000 }, (_, at) => counted(`${(at * 7919) % 30_000}`));
  const shown = childrenOf(many, false);
  expect(shown.folders).toHaveLength(500);
  expect(shown.more).toBe(29_500);
  expect(reads).toBeLessThan(30_000);
});
