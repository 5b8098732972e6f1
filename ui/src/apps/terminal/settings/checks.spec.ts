// Holds what may be typed into the settings.
import { expect, it } from "vitest";
import { mistakeInFontName, mistakeInShell } from "./checks";

it.each(["", "/bin/bash", "/usr/local/bin/fish"])("%j is a shell", (text) => expect(mistakeInShell(text)).toBeNull());
it.each([
  ["bash", "whole path"],
  ["~/bin/zsh", "whole path"],
  ["/bin/bash -l", "without arguments"],
  ["/bin/", "folder"],
  ["/bin/\u202ebash", "not visible"],
  [`/${"a".repeat(200)}`, "At most"],
])("%j is none", (text, reason) => expect(mistakeInShell(text)).toContain(reason));

it.each(["", "Fira Code", "M+ 1m", "更纱黑体"])("%j may be a font", (text) => expect(mistakeInFontName(text)).toBeNull());
it.each([
  ["Fira Code, monospace", "one font"],
  ['"Fira Code"', "no quotes"],
  ["a;}", "no quotes"],
  ["x".repeat(101), "At most"],
])("%j cannot be one", (text, reason) => expect(mistakeInFontName(text)).toContain(reason));
