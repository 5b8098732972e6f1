// Sections, keys and values as INI files, systemd units and many configuration files have them; `#` and `;` begin a comment at the start of a line.
import type { StreamParser } from "@codemirror/language";

/** Characters of a key or of a variable's name; what closes it is looked for no further, since it may be looked for at each sign of a line. */
const LONGEST = 1000;

interface State {
  /** Behind the `=` of the line, or on a line that goes on with the value. */
  isValue: boolean;
  continues: boolean;
}

export const ini: StreamParser<State> = {
  name: "ini",
  startState: () => ({ isValue: false, continues: false }),
  token(stream, state) {
    if (stream.sol()) {
      state.isValue = state.continues;
      state.continues = false;
      if (/^\s*[#;]/.test(stream.string) && !state.isValue) {
        stream.skipToEnd();
        return "comment";
      }
      if (!state.isValue && stream.match(/^\s*\[[^\]]*\]?/)) return "heading";
    }
    if (stream.eatSpace()) return null;
    if (!state.isValue) {
      const key = keyOf(stream.string.slice(stream.pos, stream.pos + LONGEST));
      if (key !== "") {
        stream.pos += key.length;
        return "propertyName";
      }
      if (stream.eat("=")) {
        state.isValue = true;
        return "operator";
      }
      // A line without a value, as `server 10.0.0.1 iburst`: its first word is the key.
      stream.match(/^\S+/);
      state.isValue = true;
      return "propertyName";
    }
    if (stream.match(/^\\$/)) {
      state.continues = true;
      return "operator";
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'(?:[^'\\]|\\.)*'?/)) return "string";
    if (stream.match(/^[$%](?:\{[^}]{0,1000}\}|\([^)]{0,1000}\)s?|\w+)/)) return "variableName";
    if (stream.match(/^(?:true|false|yes|no|on|off|none|null)(?=\s|$)/i)) return "atom";
    if (stream.match(/^-?\d+(?:\.\d+)?(?:[kmgtKMGT]i?[bB]?|%|ms|s|min|h|d)?(?=[\s,;]|$)/)) return "number";
    if (stream.match(/^[ \t]+[#;].*$/)) return "comment";
    stream.next();
    stream.match(/^[^\s\\"'$%]+/);
    return null;
  },
  languageData: { commentTokens: { line: "#" } },
};

/** What stands before the `=`, without the blanks between; empty: there is none. */
function keyOf(rest: string): string {
  return rest.slice(0, Math.max(0, rest.indexOf("="))).trimEnd();
}
