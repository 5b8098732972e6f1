// Reads what grep reads, a literal text or an extended regular expression (POSIX, with GNU's \w \b \< and the like), into a small machine over bytes; null for what it cannot be sure of.

/** One step of the machine; numbers are the places of the next steps. */
export type Step =
  | { kind: "byte"; fits: ReadonlySet<number>; next: number }
  | { kind: "either"; ways: readonly number[] }
  | { kind: "place"; what: Place; next: number }
  | { kind: "end" };

/** What is asked of a place between two bytes. */
export type Place = "lineStart" | "lineEnd" | "wordStart" | "wordEnd" | "wordEdge" | "noWordEdge";

export interface Machine {
  steps: readonly Step[];
  first: number;
}

type Node =
  | { kind: "byte"; fits: ReadonlySet<number> }
  | { kind: "place"; what: Place }
  | { kind: "all"; parts: readonly Node[] }
  | { kind: "either"; ways: readonly Node[] }
  | { kind: "repeat"; node: Node; least: number; most: number | null };

/** A machine with more steps is not worth its time: what it would find is not marked. */
const MOST_STEPS = 2000;
const MOST_REPEATS = 255;

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const code = (sign: string): number => sign.charCodeAt(0);
const DIGITS = range(code("0"), code("9"));
const UPPER = range(code("A"), code("Z"));
const LOWER = range(code("a"), code("z"));
const SPACES = [9, 10, 11, 12, 13, 32];
const GRAPHIC = range(33, 126);
const ALL: ReadonlySet<number> = new Set(range(0, 255));
export const WORD: ReadonlySet<number> = new Set([...DIGITS, ...UPPER, ...LOWER, code("_")]);
const CLASSES: Readonly<Record<string, readonly number[]>> = {
  alpha: [...UPPER, ...LOWER],
  digit: DIGITS,
  alnum: [...DIGITS, ...UPPER, ...LOWER],
  upper: UPPER,
  lower: LOWER,
  space: SPACES,
  blank: [9, 32],
  punct: GRAPHIC.filter((each) => !WORD.has(each) || each === code("_")),
  print: range(32, 126),
  graph: GRAPHIC,
  cntrl: [...range(0, 31), 127],
  xdigit: [...DIGITS, ...range(code("A"), code("F")), ...range(code("a"), code("f"))],
};
const PLACES: Readonly<Record<string, Place>> = { b: "wordEdge", B: "noWordEdge", "<": "wordStart", ">": "wordEnd", "`": "lineStart", "'": "lineEnd" };
const SETS: Readonly<Record<string, ReadonlySet<number>>> = { w: WORD, W: without(WORD), s: new Set(SPACES), S: without(new Set(SPACES)) };

class Unreadable extends Error {}

export function machineOf(text: string, isRegex: boolean, anyCase: boolean): Machine | null {
  const bytes = new TextEncoder().encode(text);
  try {
    const node: Node = isRegex ? new Reader(bytes, anyCase).whole() : { kind: "all", parts: [...bytes].map((byte) => oneOf([byte], anyCase)) };
    const steps: Step[] = [{ kind: "end" }];
    return { steps, first: build(node, 0, steps) };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return null;
    throw thrown;
  }
}

function without(bytes: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...ALL].filter((byte) => !bytes.has(byte)));
}

/** Of letters both cases where case does not matter; of ASCII alone, as the server compares. */
function folded(bytes: Iterable<number>, anyCase: boolean): Set<number> {
  const fits = new Set(bytes);
  if (!anyCase) return fits;
  for (const upper of UPPER) {
    if (fits.has(upper)) fits.add(upper + 32);
    else if (fits.has(upper + 32)) fits.add(upper);
  }
  return fits;
}

function oneOf(bytes: Iterable<number>, anyCase: boolean): Node {
  return { kind: "byte", fits: folded(bytes, anyCase) };
}

/** Adds the steps that lead through a node to `next`, and gives the first of them. */
function build(node: Node, next: number, steps: Step[]): number {
  const add = (step: Step): number => {
    if (steps.length >= MOST_STEPS) throw new Unreadable();
    return steps.push(step) - 1;
  };
  switch (node.kind) {
    case "byte":
      return add({ kind: "byte", fits: node.fits, next });
    case "place":
      return add({ kind: "place", what: node.what, next });
    case "all":
      return node.parts.reduceRight((after, part) => build(part, after, steps), next);
    case "either":
      return add({ kind: "either", ways: node.ways.map((way) => build(way, next, steps)) });
    case "repeat": {
      let first = next;
      if (node.most === null) {
        const ways = [next];
        first = add({ kind: "either", ways });
        ways.push(build(node.node, first, steps));
      } else {
        for (let more = node.least; more < node.most; more += 1) first = add({ kind: "either", ways: [next, build(node.node, first, steps)] });
      }
      for (let times = 0; times < node.least; times += 1) first = build(node.node, first, steps);
      return first;
    }
  }
}

class Reader {
  readonly #signs: string;
  readonly #anyCase: boolean;
  #at = 0;

  /** Bytes above 127 are single signs here too, as they are to a server that takes text as bytes. */
  constructor(bytes: Uint8Array, anyCase: boolean) {
    this.#signs = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    this.#anyCase = anyCase;
  }

  whole(): Node {
    const node = this.#ways();
    if (this.#at < this.#signs.length) throw new Unreadable();
    return node;
  }

  #take(sign: string): boolean {
    if (!this.#signs.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  #next(): string {
    const sign = this.#signs[this.#at];
    if (sign === undefined) throw new Unreadable();
    this.#at += 1;
    return sign;
  }

  #ways(): Node {
    const ways = [this.#parts()];
    while (this.#take("|")) ways.push(this.#parts());
    const [only] = ways;
    return ways.length === 1 && only !== undefined ? only : { kind: "either", ways };
  }

  #parts(): Node {
    const parts: Node[] = [];
    while (this.#at < this.#signs.length && !"|)".includes(this.#signs[this.#at] ?? "")) parts.push(this.#repeated(parts.length === 0));
    return { kind: "all", parts };
  }

  #repeated(isFirst: boolean): Node {
    // What repeats nothing stands for itself.
    let node = isFirst && (this.#take("*") || this.#take("+") || this.#take("?")) ? oneOf([code(this.#signs[this.#at - 1] ?? "")], false) : this.#single();
    for (;;) {
      const times = this.#take("*") ? [0, null] : this.#take("+") ? [1, null] : this.#take("?") ? [0, 1] : this.#times();
      if (times === null) return node;
      const [least = 0, most = null] = times;
      node = { kind: "repeat", node, least: least ?? 0, most };
    }
  }

  /** `{2}`, `{2,}`, `{,3}` or `{2,3}`; any other brace stands for itself. */
  #times(): [number, number | null] | null {
    const found = /^\{(\d*)(,?)(\d*)\}/.exec(this.#signs.slice(this.#at, this.#at + 12));
    if (found === null || found[0] === "{}") return null;
    const [whole, from = "", comma, to = ""] = found;
    const least = Number(from);
    const most = comma === "" ? least : to === "" ? null : Number(to);
    if (least > MOST_REPEATS || (most !== null && (most > MOST_REPEATS || most < least))) throw new Unreadable();
    this.#at += whole.length;
    return [least, most];
  }

  #single(): Node {
    const sign = this.#next();
    if (sign === "(") {
      const node = this.#ways();
      if (!this.#take(")")) throw new Unreadable();
      return node;
    }
    if (sign === "[") return this.#bracket();
    if (sign === ".") return { kind: "byte", fits: ALL };
    if (sign === "^") return { kind: "place", what: "lineStart" };
    if (sign === "$") return { kind: "place", what: "lineEnd" };
    return sign === "\\" ? this.#escaped() : oneOf([code(sign)], this.#anyCase);
  }

  #escaped(): Node {
    const sign = this.#next();
    const fits = Object.hasOwn(SETS, sign) ? SETS[sign] : undefined;
    if (fits !== undefined) return { kind: "byte", fits };
    const what = Object.hasOwn(PLACES, sign) ? PLACES[sign] : undefined;
    if (what !== undefined) return { kind: "place", what };
    // What refers back to a group cannot be found step by step.
    if (/[1-9]/.test(sign)) throw new Unreadable();
    return oneOf([code(sign)], this.#anyCase);
  }

  #bracket(): Node {
    const isNot = this.#take("^");
    const fits: number[] = [];
    for (let isFirst = true; isFirst || !this.#take("]"); isFirst = false) {
      if (this.#take("[:")) {
        const name = this.#until(":]");
        const bytes = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
        if (bytes === undefined) throw new Unreadable();
        fits.push(...bytes);
        continue;
      }
      const from = this.#inBracket();
      const isRange = this.#signs[this.#at] === "-" && this.#signs[this.#at + 1] !== "]" && this.#take("-");
      fits.push(...(isRange ? range(from, Math.max(from - 1, this.#inBracket())) : [from]));
    }
    const both = folded(fits, this.#anyCase);
    return { kind: "byte", fits: isNot ? without(both) : both };
  }

  #inBracket(): number {
    for (const [open, close] of [["[.", ".]"], ["[=", "=]"]] as const) {
      if (!this.#take(open)) continue;
      const name = this.#until(close);
      if (name.length !== 1) throw new Unreadable();
      return code(name);
    }
    return code(this.#next());
  }

  #until(close: string): string {
    const end = this.#signs.indexOf(close, this.#at);
    if (end === -1) throw new Unreadable();
    const text = this.#signs.slice(this.#at, end);
    this.#at = end + close.length;
    return text;
  }
}
