// The grammar of each language, fetched when the first file of it is opened; one chunk each.
import { StreamLanguage, type StreamParser } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import type { LanguageId } from "./languageOf";

const legacy = (parser: StreamParser<unknown>): Extension => StreamLanguage.define(parser);

const LOADERS: Record<Exclude<LanguageId, "plain">, () => Promise<Extension>> = {
  c: async () => legacy((await import("@codemirror/legacy-modes/mode/clike")).c),
  cpp: async () => (await import("@codemirror/lang-cpp")).cpp(),
  css: async () => (await import("@codemirror/lang-css")).css(),
  diff: async () => legacy((await import("@codemirror/legacy-modes/mode/diff")).diff),
  dockerfile: async () => legacy((await import("@codemirror/legacy-modes/mode/dockerfile")).dockerFile),
  go: async () => (await import("@codemirror/lang-go")).go(),
  html: async () => (await import("@codemirror/lang-html")).html(),
  ini: async () => legacy((await import("./iniMode")).ini),
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true }),
  json: async () => (await import("@codemirror/lang-json")).json(),
  lua: async () => legacy((await import("@codemirror/legacy-modes/mode/lua")).lua),
  markdown: async () => (await import("@codemirror/lang-markdown")).markdown(),
  nginx: async () => legacy((await import("@codemirror/legacy-modes/mode/nginx")).nginx),
  perl: async () => legacy((await import("@codemirror/legacy-modes/mode/perl")).perl),
  php: async () => (await import("@codemirror/lang-php")).php(),
  powershell: async () => legacy((await import("@codemirror/legacy-modes/mode/powershell")).powerShell),
  properties: async () => legacy((await import("@codemirror/legacy-modes/mode/properties")).properties),
  python: async () => (await import("@codemirror/lang-python")).python(),
  ruby: async () => legacy((await import("@codemirror/legacy-modes/mode/ruby")).ruby),
  rust: async () => (await import("@codemirror/lang-rust")).rust(),
  shell: async () => legacy((await import("@codemirror/legacy-modes/mode/shell")).shell),
  sql: async () => (await import("@codemirror/lang-sql")).sql(),
  systemd: async () => legacy((await import("./iniMode")).ini),
  toml: async () => legacy((await import("@codemirror/legacy-modes/mode/toml")).toml),
  typescript: async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true, jsx: true }),
  xml: async () => (await import("@codemirror/lang-xml")).xml(),
  yaml: async () => (await import("@codemirror/lang-yaml")).yaml(),
};

/** The extension for a language; a fetch that failed gives none, and the text stays plain. */
export async function loadLanguage(id: LanguageId): Promise<Extension> {
  if (id === "plain") return [];
  try {
    return await LOADERS[id]();
  } catch {
    return [];
  }
}
