// Whether a Markdown text would take its parser, which holds the page meanwhile, longer than any text that a person wrote; found in one pass.

/** For each place at which the parser may look ahead, the length of what it may look through. The largest READMEs have a tenth of it. */
const MOST_STEPS = 60_000_000;
/** Deeper nested than any person writes; it would be built all the same, until the stack is full. */
const TOO_DEEP = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))){60}/m;

const LINE_END = /\r\n|[\n\r]/;
/** Of the parser's blanks alone: what is blank to it ends a paragraph. */
const BLANK = /^[ \t]*$/;
/** What may begin or end emphasis, a link, code or an address; the signs of a long word, which may be a mail address from each of them on. */
const SPECIAL = /[*_~[\]<&`@!:]|w(?=ww)|[-.+](?=[-\w.+]{30})/g;
/** What may open or go on with quotes and lists. */
const CONTAINERS = /^[ \t>*+\-\d.)]*/;
/** An item of a list, which ends any paragraph. */
const ITEM = /^ {0,3}(?:[-*+]|1[.)])[ \t]+\S/;
/** Of a numbered one, with what it has in common with the next: a number that is not 1 ends an item before it, and no other paragraph. */
const NUMBERED = /^( {0,3})\d{1,9}([.)])[ \t]+\S/;
const FENCE = /^( {0,3})(?:(`{3,})[^`]*$|(~{3,}))/;
const FENCE_END = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;

/** HTML that ends with words of its own, and not with the next blank line. */
const LONG_HTML = /<(?:[!?]|script|pre|style|textarea)/i;
/** HTML that nothing but a blank line ends, whatever stands before it. */
const BLOCK =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[ \t>]|\/>|$)/i;
/** Any HTML of more than one line begins like this. */
const MAY_BE_HTML = /^[ \t>*+\-\d.)]*</;

/** A table's head as most people write it, and the line below it. */
const HEAD = /^\|[^\\`]*\|$/;
const RULE = /^\|[ :|-]+\|$/;

/** What may be the line below the head of any table. */
const ANY_RULE = /^[ \t>*+\d.)|:-]*$/;
/** A table's rows are filled up to the width of its head, which takes as long as so many steps for each cell. */
const STEPS_OF_A_CELL = 300;
/** The begin of what may say where a link leads that is named elsewhere; it is copied to each of those. */
const DEFINITION = /^[ \t>*+\-\d.)]*\[[^\]]*\]:/;

interface Fence {
  signs: string;
  /** Where it is indented it may belong to an item of a list, and end with that. */
  indent: number;
}

export function isTooCostly(text: string): boolean {
  return TOO_DEEP.test(text) || stepsOf(text) > MOST_STEPS;
}

/** At least as many steps as the parser takes for emphasis, links and addresses, which can only lie within a paragraph, for the quotes and lists that it has to look for on each of its lines, and for what a few words make more of than they are. */
export function stepsOf(text: string): number {
  let steps = 0;
  let paragraph = { lines: 0, chars: 0, specials: 0, depth: 0 };
  /** Whether it is known of each fence if it begins code or ends it. Where that is no longer so, all that is behind it counts. */
  let isSure = true;
  let fence: Fence | null = null;
  /** In HTML, which has no marks, until the next blank line; `mayBeHtml`: perhaps. */
  let isBlock = false;
  let mayBeHtml = false;
  let isAfterBlank = true;
  let isIndented = false;
  /** What the numbered item has in common with the next that begins on the line before; "" where none does. */
  let listed = "";
  let head: string | null = null;
  let isTable = false;
  /** Of a table that may have begun here. */
  let columns = 0;
  let definition = 0;
  let longestDefinition = 0;
  let brackets = 0;
  const end = () => {
    steps += paragraph.chars * paragraph.specials + (paragraph.depth * paragraph.lines ** 2) / 20;
    paragraph = { lines: 0, chars: 0, specials: 0, depth: 0 };
  };
  for (const line of text.split(LINE_END)) {
    if (fence?.indent === 0) {
      if (endsFence(line, fence)) fence = null;
      continue;
    }
    if (BLANK.test(line)) {
      end();
      [isBlock, mayBeHtml, isAfterBlank] = [false, false, true];
      [listed, head, isTable] = ["", null, false];
      [columns, definition] = [0, 0];
      continue;
    }
    if (ANY_RULE.test(line)) columns = Math.max(columns, count(line));
    steps += columns * STEPS_OF_A_CELL;
    if (DEFINITION.test(line)) definition = 1;
    if (definition > 0) definition += line.length;
    longestDefinition = Math.max(longestDefinition, definition);
    brackets += count(line, "[") - 1;
    if (isBlock) continue;
    // Code by its indentation may go on behind a blank line, and is ended by what ends a paragraph.
    const isFirst = isAfterBlank && !isIndented;
    isAfterBlank = false;
    isIndented = indentOf(line) > 3;
    if (isSure && fence === null && paragraph.lines === 0 && !mayBeHtml) {
      isBlock = BLOCK.test(line);
      if (isBlock || (line.startsWith("<!--") && !opensLongHtml(line))) continue;
    }
    const number = NUMBERED.exec(line);
    const list = number === null ? "" : `${number[1]}${number[2]}`;
    const isItem = ITEM.test(line) || (list !== "" && (isFirst || list === listed));
    if (isItem) end();
    listed = isItem ? list : "";
    if (opensLongHtml(line)) isSure = false;
    if (MAY_BE_HTML.test(line)) mayBeHtml = true;
    if (fence !== null) {
      if (indentOf(line) < fence.indent) [fence, isSure] = [null, false];
      else if (endsFence(line, fence)) fence = null;
    } else {
      const opened = openedFence(line);
      // In an HTML block it would be none.
      if (opened !== null && mayBeHtml) isSure = false;
      if (isSure) fence = opened;
      if (fence?.indent === 0) {
        end();
        continue;
      }
    }
    isTable = line.startsWith("|") && (isTable || (head !== null && RULE.test(line) && count(head) === count(line)));
    // Its rows have nothing to do with each other.
    if (isTable) end();
    head = paragraph.lines === 0 && HEAD.test(line) ? line : null;
    paragraph.lines += 1;
    paragraph.chars += line.length + 1;
    paragraph.specials += line.match(SPECIAL)?.length ?? 0;
    paragraph.depth = Math.max(paragraph.depth, CONTAINERS.exec(line)?.[0].length ?? 0);
  }
  end();
  return steps + longestDefinition * brackets;
}

function count(line: string, sign = "|"): number {
  return line.split(sign).length;
}

/** Whether more than this line may be HTML that ends with words of its own. A remark ends with the first `-->`, and all of that line is HTML. */
function opensLongHtml(line: string): boolean {
  const at = line.search(LONG_HTML);
  return at >= 0 && !(line.startsWith("<!--", at) && line.includes("-->", at + 2));
}

function openedFence(line: string): Fence | null {
  const [, blanks = "", backticks, tildes] = FENCE.exec(line) ?? [];
  const signs = backticks ?? tildes;
  return signs === undefined ? null : { signs, indent: blanks.length };
}

/** At least as long a row of the same sign, and nothing behind it. */
function endsFence(line: string, fence: Fence): boolean {
  return FENCE_END.exec(line)?.[1]?.startsWith(fence.signs) === true;
}

/** A tab is as wide as any indentation that counts here. */
function indentOf(line: string): number {
  return line.startsWith("\t") ? 4 : line.search(/[^ ]|$/);
}
