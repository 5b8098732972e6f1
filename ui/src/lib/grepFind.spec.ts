// Holds that what is marked is what grep finds: texts, patterns, bytes that are no text, and no pattern that takes long.
import { expect, it } from "vitest";
import { finderOf } from "./grepFind";

/** What is found, as text. */
function found(text: string, line: string, { isRegex = true, anyCase = false } = {}): string[] | null {
  const find = finderOf(text, isRegex, anyCase);
  return find === null ? null : find(line).map(({ from, to }) => line.slice(from, to));
}

it("finds a text as it stands", () => {
  expect(found("a.c", "abc a.c A.C", { isRegex: false })).toEqual(["a.c"]);
  expect(found("a.c", "abc a.c A.C", { isRegex: false, anyCase: true })).toEqual(["a.c", "A.C"]);
  expect(found("aa", "aaaaa", { isRegex: false })).toEqual(["aa", "aa"]);
  expect(found("[", "a[b", { isRegex: false })).toEqual(["["]);
});

it("compares ASCII letters alone without case", () => {
  expect(found("äX", "ÄX äx", { isRegex: false, anyCase: true })).toEqual(["äx"]);
});

it("finds the first match, and of those that begin there the longest", () => {
  expect(found("a|ab|abc", "xabcd")).toEqual(["abc"]);
  expect(found("x*", "axxbx")).toEqual(["xx", "x"]);
  expect(found("(ab)+", "ababa ab")).toEqual(["abab", "ab"]);
  expect(found("a{2,3}", "aaaaa a")).toEqual(["aaa", "aa"]);
  expect(found("a{2}b?", "aab aac")).toEqual(["aab", "aa"]);
  expect(found("colou?r|gr[ae]y", "grey color gray")).toEqual(["grey", "color", "gray"]);
});

it("knows the classes, sets and places of a server's grep", () => {
  expect(found("[[:digit:]]+", "a12 b3")).toEqual(["12", "3"]);
  expect(found("[^a-c]+", "abxyc")).toEqual(["xy"]);
  expect(found("[^a-c]+", "ABxyC", { anyCase: true })).toEqual(["xy"]);
  expect(found("[]a]+", "x]a")).toEqual(["]a"]);
  expect(found("[a-]+", "b-a")).toEqual(["-a"]);
  expect(found("^ab", "abab")).toEqual(["ab"]);
  expect(found("ab$", "abab")).toEqual(["ab"]);
  expect(found("\\bab\\b", "abab ab")).toEqual(["ab"]);
  expect(found("\\<a\\w*", "ba ab_1")).toEqual(["ab_1"]);
  expect(found("\\.conf", "xconf x.conf")).toEqual([".conf"]);
  expect(found("a{,x", "a{,x")).toEqual(["a{,x"]);
});

it("takes bytes as they are, and marks whole characters", () => {
  expect(found("a.", "aé")).toEqual(["aé"]);
  expect(found("^a..$", "aé")).toEqual(["aé"]);
  expect(found("f.ch", "f\u{10fefc}ch")).toEqual(["f\u{10fefc}ch"]);
  expect(found("fox", "🦊 fox")).toEqual(["fox"]);
});

it("says nothing of what it does not know, or is no pattern", () => {
  for (const pattern of ["(a)\\1", "(a", "a)", "[a", "[[:nonsense:]]", "a{999}", "(a{200}){200}", "a\\"]) expect(found(pattern, "a"), pattern).toBeNull();
});

it("takes no long time for any pattern", () => {
  const started = performance.now();
  expect(found("(a+)+b", "a".repeat(1000))).toEqual([]);
  expect(found("(a|aa)*c|(a?){200}d", "a".repeat(1000))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2000);
});
