// What a file is by its name, roughly: enough to choose an icon, a word and who opens it.

export type FileFamily = "image" | "audio" | "video" | "pdf" | "archive" | "code" | "text" | "config" | "database" | "disk" | "font" | "key" | "log" | "other";

const ENDINGS: Record<Exclude<FileFamily, "other">, string> = {
  image: "png jpg jpeg gif webp avif svg ico bmp tif tiff heic",
  audio: "mp3 ogg oga opus flac wav m4a aac weba",
  video: "mp4 webm mkv mov avi m4v ogv mpg mpeg",
  pdf: "pdf",
  archive: "zip tar gz tgz bz2 tbz xz txz zst 7z rar lz4 lzma cpio jar war deb rpm apk",
  code: "c h cc cpp hpp cs rs go py rb php pl lua js mjs cjs ts tsx jsx java kt swift sh bash zsh fish ps1 sql html htm css scss vue svelte r scala ex exs hs ml dart nix asm s",
  text: "txt md markdown rst adoc org tex csv tsv srt vtt rtf",
  config: "conf cfg cnf ini toml yaml yml json json5 jsonc xml env properties service timer socket mount target rules list sources plist desktop",
  database: "db sqlite sqlite3 mdb rdb dump",
  disk: "iso img qcow2 vmdk vdi vhd vhdx raw",
  font: "ttf otf woff woff2",
  key: "pem crt cer key pub asc gpg p12 pfx csr",
  log: "log journal out err",
};

const BY_ENDING = new Map(Object.entries(ENDINGS).flatMap(([family, endings]) => endings.split(" ").map((ending) => [ending, family] as const)));

const WORDS: Record<FileFamily, string> = {
  image: "Image",
  audio: "Audio",
  video: "Video",
  pdf: "PDF document",
  archive: "Archive",
  code: "Source code",
  text: "Text",
  config: "Configuration",
  database: "Database",
  disk: "Disk image",
  font: "Font",
  key: "Key or certificate",
  log: "Log",
  other: "File",
};

export function familyOf(name: string): FileFamily {
  const lower = name.toLowerCase();
  if (/^(makefile|dockerfile|containerfile|vagrantfile|jenkinsfile|rakefile|gemfile)$/.test(lower)) return "code";
  if (/^(readme|license|copying|changelog|authors)$/.test(lower)) return "text";
  // A log that was put aside: `syslog.1`, `dpkg.log.2.gz` is an archive by its last ending.
  const endings = lower.split(".").slice(1);
  const last = endings.at(-1) ?? "";
  if (/^\d+$/.test(last) && (endings.at(-2) === "log" || endings.length === 1)) return "log";
  const family = BY_ENDING.get(last);
  return isFamily(family) ? family : "other";
}

export function familyWord(family: FileFamily): string {
  return WORDS[family];
}

/** Whether the viewer shows it better than the editor. */
export function isViewed(name: string): boolean {
  return ["image", "pdf", "audio", "video", "archive"].includes(familyOf(name));
}

function isFamily(text: string | undefined): text is FileFamily {
  return text !== undefined && Object.hasOwn(WORDS, text);
}
