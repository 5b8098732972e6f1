// What would hold the page for minutes is found before it is parsed, in one pass, and what people write is not.
import { expect, it } from "vitest";
import { isTooCostly } from "./markdownCost";

const KIB = 1024;
/** A text of 256 KiB that repeats a piece. */
const full = (piece: string) => piece.repeat(Math.ceil((256 * KIB) / piece.length));

it("takes what people write, up to 256 KiB", () => {
  const table = `| Name | What it sets |\n| --- | --- |\n${"| `SOME_NAME` | see [the *long* page](https://example.org/a_b) |\n".repeat(100)}\n`;
  const code = `\`\`\`json\n${'  "a_b": ["*", "x"], // <b>\n'.repeat(3000)}\`\`\`\n\n`;
  const prose = "Some *text* with [a link](http://x) and `code`, and **bold** words that go on\nfor a line or two, as e-mail@example.org does.\n\n";
  const list = "- [one](https://example.org/one) - does *this*\n";
  const quote = "> > > said somebody\nand went on\n\n";
  const pieces = [prose, list, quote, table, code, `${"-".repeat(200)}\n\n`, `a title\n${"=".repeat(80)}\n\n`, "<!-- a remark -->\n\n", "plain words without an end\n"];
  for (const piece of pieces) expect(isTooCostly(full(piece)), piece.slice(0, 40)).toBe(false);
  expect(isTooCostly(full(pieces.join("")))).toBe(false);
});

it("finds what the parser looks through again and again", () => {
  const quoted = `${">".repeat(55)}a\n`;
  const nested = Array.from({ length: 300 }, (_, depth) => `${"  ".repeat(depth)}- a\n`).join("");
  for (const text of [full("*a_ "), full("[a](b "), full("www.a_"), full("http://a_ "), full("-a"), full("<a\n"), full("`a``"), quoted + full("a\n"), nested + full("a\n"), "*a_ ".repeat(4000)]) {
    expect(isTooCostly(text), text.slice(0, 60)).toBe(true);
  }
});

it("finds it behind what only looks like the end of code", () => {
  const hostile = full("*a_ ");
  for (const before of ["``` `\n", "<!--\n```\n-->\n\n", "<div>\n```\n\n", "- ```\n\n", "  ```\n", "```\n~~~\n```\n", "````\n```\n````\n", "```\r```\r"]) {
    expect(isTooCostly(before + hostile), before).toBe(true);
  }
  for (const code of ["```\n", "~~~ `x`\n", "````\n```\n", "```\n    ```\n", "```\n\t```\n"]) expect(isTooCostly(code + hostile), code).toBe(false);
});

it("takes tables of people and long numbered lists", () => {
  const person = '      <td align="center" valign="top" width="14.28%"><a href="https://github.com/someone"><img src="https://avatars.githubusercontent.com/u/1234567?v=4?s=100" width="100px;" alt="Some One"/><br /><sub><b>Some One</b></sub></a><br /><a href="https://github.com/x/y/commits?author=someone" title="Code">💻</a></td>\n';
  const people = `<!-- ALL-CONTRIBUTORS-LIST:START - Do not remove or modify this section -->\n<!-- prettier-ignore-start -->\n<table>\n  <tbody>\n    <tr>\n${person.repeat(200)}    </tr>\n  </tbody>\n</table>\n`;
  const links = (from: number, sign: string) => Array.from({ length: 500 }, (_, at) => `${at + from}${sign} [A *title* of some length](https://example.org/a/b_c) by [Someone](https://example.org/d)\n`).join("");
  for (const text of [people, `Thanks:\n\n${people}`, links(1, "."), `These are:\n${links(1, ")")}`, `${links(1, ".")}\n${links(501, ".")}`, `1. a\n\n   \`\`\`sh\n   b\n   \`\`\`\n\n${people}`]) expect(isTooCostly(text), text.slice(0, 60)).toBe(false);
});

it("finds it in what only looks like HTML or a list", () => {
  const hostile = full("*a_ ");
  for (const before of ["<div>\n\n", "<div>\n\u00a0\n\n", "<divs>\n", "<div/a>\n", " <div>\n", "-  a\n\n   <div>\n", "a\n<b>\n", "<!-- a\n", "<!-- a -->\n", "<!--\n\n<div>\n-->\n", "a <b>\n~~~\n\n<div>\n~~~\n", "  ~~~\n\n<div>\n~~~\n"]) {
    expect(isTooCostly(before + hostile), before).toBe(true);
  }
  const items = (sign: string) => full(`${sign} *a_ *a_\n`);
  for (const [before, sign] of [["", "2)"], ["a\n", "2."], ["    a\n\n", "2."], ["1. a\n", "2)"], ["1. a\n", "   2."], ["- x\n\n  1. a\n", "2."], ["1. a\n# b\nc\n", "2."], ["1. a\n", "2.b"]] as const) {
    expect(isTooCostly(before + items(sign)), before + sign).toBe(before !== "");
  }
});

it("finds it behind what neither begins nor ends code", () => {
  const hostile = full("*a_ ");
  for (const before of ["<b>\n```\n\n```\n", " ```\n```\n", "<pre> -->\n\n```\n</pre>\n", "```\n```\u00a0\n```\n", "~~~ \u2028\n~~~\n", "- a\n   ```\n ```\n```\n", "- ```\n  ```\n\na\n\n```\n```\n"]) {
    expect(isTooCostly(before + hostile), before).toBe(true);
  }
  // A blank that is none to the parser ends nothing.
  expect(isTooCostly(full(`${"*a_ ".repeat(100)}\n\u00a0\n`))).toBe(true);
});

it("finds it in what only looks like a table", () => {
  const rows = full("| *a_ \n");
  for (const before of ["a\n| b |\n| - |\n", "| b |\n| - | - |\n", "| `|` |\n| - | - |\n", "| b |\n\n| - |\n"]) expect(isTooCostly(before + rows), before).toBe(true);
  expect(isTooCostly(`| b |\n| - |\n${rows}`)).toBe(false);
});

it("finds tables that are filled up and links that are copied to many places", () => {
  const wide = `${"|a".repeat(1000)}|\n${"|-".repeat(1000)}|\n`;
  const narrow = `${"a|".repeat(1000)}a\n${"-|".repeat(1000)}-\n`;
  for (const [head, row] of [[wide, "|b\n"], [narrow, "b\n"], [wide.replaceAll(/^/gm, "> "), "> |b\n"], [wide.replaceAll(/^(?=.)/gm, "  ").replace("  ", "- "), "  |b\n"]] as const) expect(isTooCostly(head + row.repeat(4000)), row).toBe(true);
  for (const definition of [`[a]: ${"x".repeat(60_000)}\n`, `[a]:\n${"x".repeat(60_000)}\n`, `> [a]: x "${"y\n> ".repeat(20_000)}"\n`]) expect(isTooCostly(`${definition}\n${"[a]\n\n".repeat(12_000)}`), definition.slice(0, 20)).toBe(true);
  const rows = `${"| a ".repeat(12)}|\n${"|---".repeat(12)}|\n${`${"| some words ".repeat(12)}|\n`.repeat(1500)}`;
  const references = `${"See [one] and [two][one], and [three](x).\n\n".repeat(1500)}${Array.from({ length: 200 }, (_, at) => `[name ${at}]: https://example.org/a/page/of/some/length/${at} "A title"\n`).join("")}`;
  for (const text of [rows, references]) expect(isTooCostly(text), text.slice(0, 40)).toBe(false);
});

it("finds what is nested without end", () => {
  for (const deep of [">".repeat(60), "> ".repeat(60), "- ".repeat(61), "1. ".repeat(61), " >\t> ".repeat(30)]) expect(isTooCostly(`a\n\n${deep}`), deep).toBe(true);
});

it("takes one pass for what only nearly is", { timeout: 60_000 }, () => {
  // With two ways to read a blank between the marks this would not end.
  for (const near of [`${"> ".repeat(59)}x`, `${">  ".repeat(59)}x`, `${">\t".repeat(59)}x`, "> ".repeat(30) + "x".repeat(KIB)]) expect(isTooCostly(near)).toBe(false);
  for (const near of [full(" "), `${full(" ")}x`, `${full("|-")}x`, full("[a")]) expect(isTooCostly(near), near.slice(-9)).toBe(near.includes("[a"));
});
