// What a server calls its things stands in no tooltip and no label as it came: an attribute is nothing that a person sees coming, and no component marks what it hides.
import { expect, test } from "vitest";

const SOURCES = import.meta.glob<string>("./**/*.tsx", { query: "?raw", import: "default", eager: true });

const ATTRIBUTE = /(?<=\s)(?:title|label|what|alt|placeholder|aria-label|aria-description|aria-valuetext)=\{/g;
/** What gives text that can be seen, whatever it is given. */
const SAFE = /\b(?:visibleText|visibleLines|shown|folderName|nameOrCount|itemsWord|titleOf|hostAndPort|plural|readByModel|heading|exactMoment|format[A-Z]\w*)$/;
/** Records of a server by the names that they have here, and texts that are cut without being made visible. */
const OF_A_SERVER = /\b(?:each|item|entry|unit|found|container|package|process|session|filesystem)\??\.\w+(?!\w| [!=]==)|\b(?:path|mountPoint|description|detail)\b(?!\??\.| [!=]==|:)|\.slice\(/;
/** Moments, numbers and words of our own that have such a name. */
const OURS = /\b(?:session|entry|each).(?:deed|at|line|number|id|openedAt|usedAt|since|[rt]xErrors)\b|\bdetail\}$/g;

function close(source: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; depth > 0 && at < source.length; at += 1) {
    if ("({[".includes(source.charAt(at))) depth += 1;
    else if (")}]".includes(source.charAt(at))) depth -= 1;
  }
  return at;
}

/** The expression without what is in safe hands. */
function unsafePart(expression: string): string {
  let left = "";
  for (let at = 0; at < expression.length; at += 1) {
    if (expression.charAt(at) === "(" && SAFE.test(left)) at = close(expression, at + 1) - 1;
    else left += expression.charAt(at);
  }
  return left.replaceAll(OURS, "");
}

function faultsOf(source: string): string[] {
  const expressions = [...source.matchAll(ATTRIBUTE)].map((match) => match[0] + source.slice(match.index + match[0].length, close(source, match.index + match[0].length)));
  return expressions.filter((expression) => OF_A_SERVER.test(unsafePart(expression)));
}

test("what is not made visible is found", () => {
  for (const fault of ["title={each.description ?? undefined}", "aria-label={`New name of ${item.name.slice(0, 80)}`}", "title={path ?? undefined}", "label={`${each.mountPoint} used`}", "title={a(visibleText(x, 3), item.name)}"]) {
    expect(faultsOf(`<p ${fault}>`), fault).toHaveLength(1);
  }
  for (const fine of ["title={visibleText(each.description, 400)}", "title={path === null ? undefined : visibleText(path, 9)}", "label={`${shown(item.name)}: ${plural(each.count, \"file\")}`}", "title={name}"]) {
    expect(faultsOf(`<p ${fine}>`), fine).toEqual([]);
  }
});

test("no tooltip and no label shows a text of a server as it came", () => {
  const faults = Object.entries(SOURCES).flatMap(([file, source]) => faultsOf(source).map((fault) => `${file}: ${fault}`));
  expect(Object.keys(SOURCES).length).toBeGreaterThan(200);
  expect(faults).toEqual([]);
});
