// Holds the order of items, and that merging gives what sorting all at once gives.
import { expect, it } from "vitest";
import { itemOf, type FileItem } from "../../api/folderItems";
import { Arranger, type Order } from "./arrange";

const ORDER: Order = { by: "name", isDescending: false, showsHidden: false, filter: "" };

function item(name: string, kind: FileItem["kind"] = "file", sizeBytes = 1): FileItem {
  return itemOf("/", { name, kind, sizeBytes, mode: null, uid: null, gid: null, modifiedAt: null });
}

function names(items: readonly FileItem[]): string[] {
  return items.map((each) => each.name);
}

it("puts folders and links to them first, whichever way", () => {
  const link: FileItem = { ...item("bin", "link"), link: { name: "bin", target: "usr/bin", kind: "folder", sizeBytes: null } };
  const items = [item("b", "file", 5), item("a", "file", 9), item("z", "folder"), link];
  expect(names(new Arranger().arrange(items, "1", ORDER).items)).toEqual(["bin", "z", "a", "b"]);
  expect(names(new Arranger().arrange(items, "1", { ...ORDER, isDescending: true }).items)).toEqual(["z", "bin", "b", "a"]);
  expect(names(new Arranger().arrange(items, "1", { ...ORDER, by: "size" }).items)).toEqual(["bin", "z", "b", "a"]);
});

it("hides and filters", () => {
  const items = [item(".a"), item("Notes"), item("other")];
  const arranged = new Arranger().arrange(items, "1", ORDER);
  expect(names(arranged.items)).toEqual(["Notes", "other"]);
  expect(arranged.hiddenCount).toBe(1);
  expect(arranged.indexOf.get("/other")).toBe(1);
  expect(names(new Arranger().arrange(items, "1", { ...ORDER, filter: "NOT", showsHidden: true }).items)).toEqual(["Notes"]);
});

it("merges what arrives while a folder is read", () => {
  const all = Array.from({ length: 500 }, (_each, at) => item(`${at % 3 === 0 ? "." : ""}f${(at * 7919) % 500}`, at % 5 === 0 ? "folder" : "file"));
  const arranger = new Arranger();
  for (let end = 0; end < 500; end += 37) arranger.arrange(all.slice(0, end), "1", ORDER);
  const merged = arranger.arrange(all, "1", ORDER);
  expect(names(merged.items)).toEqual(names(new Arranger().arrange(all, "1", ORDER).items));
  expect(merged.hiddenCount).toBe(167);
});
