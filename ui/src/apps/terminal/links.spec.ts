// Addresses as they stand in logs and sentences, and what must never be opened.
import { describe, expect, it } from "vitest";
import { addressesIn, targetOf } from "./links";

const found = (text: string) => addressesIn(text).map((each) => each.text);

describe("addresses", () => {
  it("are found without the punctuation around them", () => {
    expect(found("see https://example.org/a?b=c#d, or (http://host:8080/x).")).toEqual(["https://example.org/a?b=c#d", "http://host:8080/x"]);
    expect(found('"https://a.example/x" <mailto:root@host>')).toEqual(["https://a.example/x", "mailto:root@host"]);
    expect(found("https://en.example/wiki/Shell_(computing)")).toEqual(["https://en.example/wiki/Shell_(computing)"]);
  });

  it("say where they are", () => {
    expect(addressesIn("a http://b.example")).toEqual([{ text: "http://b.example", at: 2 }]);
  });

  it("are none without a host", () => {
    expect(found("https:// mailto: http://.")).toEqual([]);
  });
});

describe("a target", () => {
  it("is opened by three schemes only", () => {
    expect(targetOf("https://a.example/")).toEqual({ kind: "open", url: "https://a.example/" });
    expect(targetOf("mailto:a@b")).toEqual({ kind: "open", url: "mailto:a@b" });
    for (const odd of ["javascript:alert(1)", "data:text/html,x", "ssh://a", "vscode://x", "blob:x", "no address"]) expect(targetOf(odd)).toBeNull();
  });

  it("of a file is its path", () => {
    expect(targetOf("file://web1/etc/a%20b")).toEqual({ kind: "copy", path: "/etc/a b" });
    expect(targetOf("file:///a%ff")).toEqual({ kind: "copy", path: "/a%ff" });
  });
});
