// Holds what the palette finds, and in which order.
import { expect, it } from "vitest";
import { searchPalette, type PaletteEntry } from "./paletteSearch";

const entry = (title: string, detail = "", isFirst = false): PaletteEntry => ({ id: title, kind: "app", title, detail, serverId: null, appId: null, isFirst, run: () => undefined });
const entries = [entry("Terminal", "a shell", true), entry("web1", "root@web1.example", true), entry("Terminal on web1"), entry("Terminal on web10"), entry("File Explorer"), entry("Recycle Bin")];
const found = (text: string) => searchPalette(entries, text).map((each) => each.entry.title);

it("shows the first entries before anything is typed", () => {
  expect(found(" ")).toEqual(["Terminal", "web1"]);
});

it("finds an app on a server by a part of each, the shorter name first", () => {
  expect(found("term web1")).toEqual(["Terminal on web1", "Terminal on web10"]);
});

it("finds letters in their order, after whole words", () => {
  expect(found("fx")).toEqual(["File Explorer"]);
  expect(found("rbn")).toEqual(["Recycle Bin"]);
  expect(found("xf")).toEqual([]);
  expect(found("feorer")).toEqual([]);
  expect(found("explrer")).toEqual(["File Explorer"]);
  expect(found("web")[0]).toBe("web1");
});

it("wants every word", () => {
  expect(found("term zzz")).toEqual([]);
});

it("says which letters it found", () => {
  expect([...(searchPalette(entries, "fx")[0]?.marks ?? [])]).toEqual([0, 6]);
});
