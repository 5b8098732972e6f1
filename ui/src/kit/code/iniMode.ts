// Sections, keys and values as INI files, systemd units and many configuration files have them; `#` and `;` begin a comment at the start of a line.
import type { StreamParser } from "@codemirror/language";

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
      if (stream.match(/^[^=\s][^=]*?(?=\s*=)/)) return "propertyName";
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
    if (stream.match(/^[$%](?:\{[^}]*\}|\([^)]*\)s?|\w+)/)) return "variableName";
    if (stream.match(/^(?:true|false|yes|no|on|off|none|null)(?=\s|$)/i)) return "atom";
    if (stream.match(/^-?\d+(?:\.\d+)?(?:[kmgtKMGT]i?[bB]?|%|ms|s|min|h|d)?(?=[\s,;]|$)/)) return "number";
    if (stream.match(/^[ \t]+[#;].*$/)) return "comment";
    stream.next();
    stream.match(/^[^\s\\"'$%]+/);
    return null;
  },
  languageData: { commentTokens: { line: "#" } },
};
