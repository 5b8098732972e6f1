// Reads an XML property list as far as colour files use it, strictly and by hand: the page's policy forbids the browser's own XML parser, and a stranger's file should reach none.

export type PlistValue = string | number | boolean | PlistDict;
/** A map, not an object: the keys are a stranger's. */
export type PlistDict = ReadonlyMap<string, PlistValue>;

const DEEPEST = 8;
const MOST_TOKENS = 20_000;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** The dictionary of a property list; null when the text is none, or holds anything but dictionaries, texts, numbers and truth values. */
export function parsePlist(text: string): PlistDict | null {
  try {
    const reader = new Reader(text);
    reader.expect("<plist>");
    reader.expect("<dict>");
    const dict = readDict(reader, 1);
    reader.expect("</plist>");
    return reader.isAtEnd() ? dict : null;
  } catch (thrown) {
    if (thrown instanceof NotAPlist) return null;
    throw thrown;
  }
}

class NotAPlist extends Error {}

/** The entries up to the end tag; the start tag has been read. */
function readDict(reader: Reader, depth: number): PlistDict {
  if (depth > DEEPEST) throw new NotAPlist();
  const dict = new Map<string, PlistValue>();
  for (;;) {
    const tag = reader.tag();
    if (tag === "</dict>") return dict;
    if (tag !== "<key>") throw new NotAPlist();
    const key = reader.text();
    reader.expect("</key>");
    dict.set(key, readValue(reader, depth));
  }
}

function readValue(reader: Reader, depth: number): PlistValue {
  const tag = reader.tag();
  switch (tag) {
    case "<dict>":
      return readDict(reader, depth + 1);
    case "<dict/>":
      return new Map();
    case "<true/>":
      return true;
    case "<false/>":
      return false;
    case "<string/>":
      return "";
    case "<string>": {
      const text = reader.text();
      reader.expect("</string>");
      return text;
    }
    case "<real>":
    case "<integer>": {
      const number = asNumber(reader.text());
      reader.expect(tag.replace("<", "</"));
      return number;
    }
    default:
      throw new NotAPlist();
  }
}

function asNumber(text: string): number {
  const trimmed = text.trim();
  if (trimmed.length > 40 || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) throw new NotAPlist();
  return Number(trimmed);
}

/** Walks once from the front to the back; every step moves on, so the time is that of the text's length. */
class Reader {
  #at = 0;
  #tokens = 0;

  constructor(readonly source: string) {}

  expect(tag: string): void {
    if (this.tag() !== tag) throw new NotAPlist();
  }

  isAtEnd(): boolean {
    this.#skip();
    return this.#at === this.source.length;
  }

  /** The next tag, such as `<dict>`, `</dict>` or `<true/>`; attributes are dropped. */
  tag(): string {
    this.#skip();
    if (this.source[this.#at] !== "<") throw new NotAPlist();
    const inside = this.#upTo(">").slice(1, -1);
    const [, slash = "", name = "", rest = ""] = /^(\/?)([a-z]{1,16})(\s[^<]*|\/)?$/.exec(inside) ?? [];
    if (name === "") throw new NotAPlist();
    return `<${slash}${name}${rest.trimEnd().endsWith("/") ? "/" : ""}>`;
  }

  /** The text up to the next tag, with its entities replaced. */
  text(): string {
    const end = this.source.indexOf("<", this.#at);
    if (end < 0) throw new NotAPlist();
    const raw = this.source.slice(this.#at, end);
    this.#at = end;
    return raw.replace(/&([^;&]{0,8});?/g, (_whole, name: string) => {
      const character = ENTITIES.get(name);
      if (character === undefined) throw new NotAPlist();
      return character;
    });
  }

  /** White space, comments, the XML declaration, and a document type that declares nothing itself. */
  #skip(): void {
    for (;;) {
      while (/\s/.test(this.source[this.#at] ?? "")) this.#at += 1;
      if (this.source.startsWith("<!--", this.#at)) this.#upTo("-->");
      else if (this.source.startsWith("<?", this.#at)) this.#upTo("?>");
      else if (this.source.startsWith("<!DOCTYPE", this.#at)) {
        if (this.#upTo(">").includes("[")) throw new NotAPlist();
      } else return;
    }
  }

  #upTo(mark: string): string {
    this.#tokens += 1;
    const end = this.source.indexOf(mark, this.#at);
    if (end < 0 || this.#tokens > MOST_TOKENS) throw new NotAPlist();
    const piece = this.source.slice(this.#at, end + mark.length);
    this.#at = end + mark.length;
    return piece;
  }
}
