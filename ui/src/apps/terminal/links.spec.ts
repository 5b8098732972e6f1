// Addresses as they stand in logs and sentences, and what must never be opened.
import { describe, expect, it } from "vitest";
import { addressesIn, hoverWords, targetOf } from "./links";

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

  it("lose what closes more than was opened, however much it is", { timeout: 20_000 }, () => {
    expect(found("(https://a.example/x(y)))].)")).toEqual(["https://a.example/x(y)"]);
    expect(found("https://a.example/[x]].")).toEqual(["https://a.example/[x]"]);
    expect(found(`https://a.example/${")".repeat(2000)}`)).toEqual(["https://a.example/"]);
    // To count them anew for each would take minutes.
    for (let times = 0; times < 200; times += 1) found(`https://a.example/${")!]".repeat(600)}`);
  });

  it("are none where no person would follow them", () => {
    expect(found(`https://a.example/${"x".repeat(2100)}`)).toEqual([]);
    expect(targetOf(`https://a.example/${"x".repeat(2100)}`)).toBeNull();
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

  it("is none where another name stands before the host", () => {
    for (const tricky of [`https://accounts.google.com:${"a".repeat(200)}@evil.example/`, "https://accounts.google.com@evil.example", "http://:x@evil.example"]) {
      expect(targetOf(tricky)).toBeNull();
      expect(hoverWords(tricky)).toContain("not followed");
    }
    expect(found("see https://me@host.example/")).toEqual([]);
  });

  it("is named by the end of its host, where that could be out of sight or looks like another", () => {
    expect(hoverWords("https://a.example/x")).toBe("https://a.example/x · Ctrl+click");
    expect(hoverWords("mailto:a@b")).toBe("mailto:a@b · Ctrl+click");
    expect(hoverWords(`https://accounts.google.com.${"a.".repeat(60)}evil.example/`)).toMatch(/^….{0,60}a\.evil\.example · https:\/\/accounts/);
    expect(hoverWords("https://\u0430pple.example/")).toMatch(/^xn--pple-43d\.example · https/);
    expect(hoverWords("https:\\\\evil.example")).toMatch(/^evil\.example · /);
  });

  it("of a file keeps its path encoded where it holds what cannot be seen", () => {
    for (const path of ["/x%0Acurl%20evil", "/x%0D", "/x%1B[200~", "/a%E2%80%AEb", "/a%E2%80%8Bb"]) expect(targetOf(`file://h${path}`)).toEqual({ kind: "copy", path });
  });

  it("of a file is its path", () => {
    expect(targetOf("file://web1/etc/a%20b")).toEqual({ kind: "copy", path: "/etc/a b" });
    expect(targetOf("file:///a%ff")).toEqual({ kind: "copy", path: "/a%ff" });
  });
});
