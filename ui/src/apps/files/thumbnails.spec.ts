// A picture that nobody asked for costs no more than a look.
import { expect, it } from "vitest";
import { itemOf } from "../../api/folderItems";
import { hasThumbnail } from "./thumbnails";

const item = (name: string, sizeBytes: number | null, kind: "file" | "folder" = "file") => itemOf("/", { name, kind, sizeBytes, mode: null, uid: null, gid: null, modifiedAt: null });

it("is none of a folder, of what is no picture, of what is large, and of a drawing", () => {
  expect([item("a.png", 9), item("a.JPG", 2_000_000)].map(hasThumbnail)).toEqual([true, true]);
  const none = [item("a.png", 3_000_000), item("a.png", 0), item("a.png", null), item("a.txt", 9), item("a.png", null, "folder"), item("a.svg", 9), item("A.SVGZ", 9)];
  expect(none.map(hasThumbnail)).toEqual(none.map(() => false));
});
