// Holds that paths are cut and joined at slashes alone, and that typed ones become absolute.
import { expect, it } from "vitest";
import { freeName, isWithin, joinPath, mistakeInName, nameOf, parentOf, resolvePath, splitName, stepsTo } from "./remotePath";

it("joins and cuts", () => {
  expect(joinPath("/", "etc")).toBe("/etc");
  expect(joinPath("/etc", "hosts")).toBe("/etc/hosts");
  expect(parentOf("/etc/hosts")).toBe("/etc");
  expect(parentOf("/etc")).toBe("/");
  expect(parentOf("/")).toBe("/");
  expect(nameOf("/etc/hosts")).toBe("hosts");
  expect(nameOf("/")).toBe("/");
  expect(stepsTo("/var/log")).toEqual(["/", "/var", "/var/log"]);
  expect(stepsTo("/")).toEqual(["/"]);
});

it("keeps odd names as they are", () => {
  expect(nameOf("/a/ \u{10fee9}\\n")).toBe(" \u{10fee9}\\n");
});

it("tells what lies in a folder", () => {
  expect(isWithin("/var/log", "/var")).toBe(true);
  expect(isWithin("/various", "/var")).toBe(false);
  expect(isWithin("/x", "/")).toBe(true);
});

it("resolves what a person types", () => {
  expect(resolvePath("~", "/etc", "/root")).toBe("/root");
  expect(resolvePath("~/a b", "/etc", "/root")).toBe("/root/a b");
  expect(resolvePath("../var//log/./x", "/etc", "/root")).toBe("/var/log/x");
  expect(resolvePath("/../..", "/etc", "/root")).toBe("/");
});

it("says what is wrong with a name", () => {
  expect(mistakeInName("ok name")).toBeNull();
  expect(mistakeInName("a/b")).toMatch(/slash/);
  expect(mistakeInName("..")).not.toBeNull();
  expect(mistakeInName("ä".repeat(128))).toMatch(/255/);
});

it("finds free names", () => {
  expect(splitName("a.tar.gz")).toEqual({ stem: "a", ending: ".tar.gz" });
  expect(splitName(".profile")).toEqual({ stem: ".profile", ending: "" });
  const taken = new Set(["a copy.txt", "New folder"]);
  expect(freeName("a.txt", "copy", (name) => taken.has(name))).toBe("a copy 2.txt");
  expect(freeName("New folder", "", (name) => taken.has(name))).toBe("New folder 2");
});
