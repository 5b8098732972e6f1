// Which language a file is in: by its name, its ending, where it lies, or its first line.
import { nameOf } from "../../lib/remotePath";

export type LanguageId = keyof typeof LANGUAGES;

export const LANGUAGES = {
  plain: "Plain text",
  c: "C",
  cpp: "C++",
  css: "CSS",
  diff: "Diff",
  dockerfile: "Dockerfile",
  go: "Go",
  html: "HTML",
  ini: "INI",
  javascript: "JavaScript",
  json: "JSON",
  lua: "Lua",
  markdown: "Markdown",
  nginx: "nginx",
  perl: "Perl",
  php: "PHP",
  powershell: "PowerShell",
  properties: "Properties",
  python: "Python",
  ruby: "Ruby",
  rust: "Rust",
  shell: "Shell",
  sql: "SQL",
  systemd: "systemd unit",
  toml: "TOML",
  typescript: "TypeScript",
  xml: "XML",
  yaml: "YAML",
} as const;

const ENDINGS: Partial<Record<LanguageId, string>> = {
  c: "c h",
  cpp: "cc cpp cxx hpp hh hxx ino",
  css: "css scss less",
  diff: "diff patch rej",
  dockerfile: "dockerfile containerfile",
  go: "go",
  html: "html htm xhtml vue svelte",
  ini: "ini cfg cnf conf desktop inf repo",
  javascript: "js mjs cjs jsx",
  json: "json jsonc json5 webmanifest map geojson",
  lua: "lua",
  markdown: "md markdown mkd",
  nginx: "nginx nginxconf",
  perl: "pl pm",
  php: "php phtml php5 php7 php8",
  powershell: "ps1 psm1",
  properties: "properties env",
  python: "py pyw pyi",
  ruby: "rb gemspec rake",
  rust: "rs",
  shell: "sh bash zsh ksh ash dash fish bats ebuild profile",
  sql: "sql psql mysql",
  systemd: "service socket timer target mount automount path slice scope swap network netdev link nspawn container volume pod",
  toml: "toml",
  typescript: "ts mts cts tsx",
  xml: "xml svg xsd xsl xslt plist rss atom",
  yaml: "yaml yml",
};

const NAMES: Partial<Record<LanguageId, string>> = {
  dockerfile: "dockerfile containerfile",
  ini: ".gitconfig .editorconfig .npmrc my.cnf php.ini smb.conf",
  json: ".prettierrc .eslintrc composer.lock",
  properties: ".env environment sysctl.conf",
  ruby: "gemfile rakefile vagrantfile",
  shell: ".bashrc .bash_profile .bash_aliases .bash_logout .bash_history .profile .zshrc .zshenv .zprofile pkgbuild apkbuild",
  toml: "cargo.lock poetry.lock pipfile",
  yaml: ".clang-format .yamllint",
};

const INTERPRETERS: readonly [RegExp, LanguageId][] = [
  [/^(?:ba|da|a|z|k|fi)?sh$/, "shell"],
  [/^python[\d.]*$/, "python"],
  [/^(?:node|nodejs|deno|bun)$/, "javascript"],
  [/^perl[\d.]*$/, "perl"],
  [/^ruby[\d.]*$/, "ruby"],
  [/^php[\d.]*$/, "php"],
  [/^lua(?:jit)?[\d.]*$/, "lua"],
  [/^pwsh$/, "powershell"],
];

const BY_ENDING = inverted(ENDINGS);
const BY_NAME = inverted(NAMES);

/** `firstLine` decides where the name says nothing. */
export function languageOf(path: string, firstLine: string): LanguageId {
  const name = nameOf(path).toLowerCase();
  const byName = BY_NAME.get(name);
  if (byName !== undefined) return byName;
  if (/(^|\/)nginx\//.test(path) && (name.endsWith(".conf") || /\/(sites|conf|modules|snippets)[^/]*\/[^/]+$/.test(path))) return "nginx";
  if (name === "nginx.conf") return "nginx";
  if (/^(dockerfile|containerfile)\./.test(name)) return "dockerfile";
  if (name.startsWith(".env.")) return "properties";
  if (/\/systemd\/.*\.conf$/.test(path)) return "systemd";
  if (/\/(cron\.d|init\.d|profile\.d)\//.test(path) && !name.includes(".")) return "shell";
  // `nginx.conf.bak` is what it was before it was put aside.
  const endings = name.replace(/(\.(bak|old|orig|save|dist|sample|example|in|template|tmpl|dpkg-\w+|rpm(?:new|save|orig)|ucf-\w+)|~)+$/, "").split(".").slice(1);
  return BY_ENDING.get(endings.at(-1) ?? "") ?? languageOfLine(firstLine.slice(0, 500));
}

function languageOfLine(line: string): LanguageId {
  const interpreter = /^#!\s*(?:\S*\/env\s+(?:-\S+\s+)*)?(?:\S*\/)?([^\s/]+)/.exec(line)?.[1];
  if (interpreter !== undefined) return INTERPRETERS.find(([pattern]) => pattern.test(interpreter))?.[1] ?? "plain";
  if (/^\s*<\?xml\b/.test(line)) return "xml";
  if (/^\s*<\?php\b/.test(line)) return "php";
  if (/^\s*<!doctype html/i.test(line) || /^\s*<html\b/i.test(line)) return "html";
  if (/^(diff --git|--- \S|Index: )/.test(line)) return "diff";
  if (/^%YAML|^---\s*$/.test(line)) return "yaml";
  if (/^\s*[{[]\s*$|^\s*\{"/.test(line)) return "json";
  if (/^\s*\[[\w .:-]+\]\s*$/.test(line)) return "ini";
  return "plain";
}

function inverted(table: Partial<Record<LanguageId, string>>): ReadonlyMap<string, LanguageId> {
  return new Map(Object.entries(table).flatMap(([id, words]) => words.split(" ").map((word) => [word, asLanguage(id)] as const)));
}

/** The language of this id; anything else is plain text. */
export function asLanguage(id: string): LanguageId {
  return isLanguage(id) ? id : "plain";
}

function isLanguage(id: string): id is LanguageId {
  return Object.hasOwn(LANGUAGES, id);
}
