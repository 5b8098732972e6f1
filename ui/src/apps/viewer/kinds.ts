// How a file is shown: by what its first bytes say, else by its name, else by whether they are text.
import { familyOf } from "../../lib/fileFamily";
import { detectEncoding } from "../../lib/textEncoding";

export const KINDS = {
  image: "Image",
  pdf: "PDF",
  audio: "Sound",
  video: "Video",
  markdown: "Markdown",
  table: "Table",
  json: "JSON tree",
  archive: "Archive",
  text: "Text",
  hex: "Bytes",
} as const;

export type Kind = keyof typeof KINDS;

/** In the order they are offered. */
export const KIND_IDS: readonly Kind[] = ["image", "pdf", "audio", "video", "markdown", "table", "json", "archive", "text", "hex"];

/** What a kind's bytes begin with, and where. */
const MAGIC: readonly [Kind, number, string][] = [
  ["image", 0, "\x89PNG\r\n"],
  ["image", 0, "\xff\xd8\xff"],
  ["image", 0, "GIF8"],
  ["image", 8, "WEBP"],
  ["image", 4, "ftypavif"],
  ["pdf", 0, "%PDF-"],
  ["archive", 0, "PK\x03\x04"],
  ["archive", 0, "PK\x05\x06"],
  ["archive", 0, "\x1f\x8b"],
  ["archive", 0, "BZh"],
  ["archive", 0, "\xfd7zXZ"],
  ["archive", 0, "(\xb5/\xfd"],
  ["archive", 257, "ustar"],
  ["audio", 0, "ID3"],
  ["audio", 0, "fLaC"],
  ["audio", 8, "WAVE"],
  ["video", 0, "\x1aE\xdf\xa3"],
  ["video", 4, "ftyp"],
];

/** `head` is the beginning of the file. */
export function kindOf(name: string, head: Uint8Array): Kind {
  const family = familyOf(name);
  const byBytes = MAGIC.find(([, at, mark]) => mark.split("").every((character, index) => head[at + index] === character.charCodeAt(0)))?.[0];
  // A container of either: sound by its name.
  if (byBytes === "video" && family === "audio") return "audio";
  if (byBytes !== undefined) return byBytes;
  const ending = /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? "";
  const isText = detectEncoding(head).isText || detectEncoding(head.subarray(0, head.length - 1)).isText;
  if (family === "pdf" && (!isText || hasPdfMark(head))) return "pdf";
  if (!isText) return family === "image" || family === "audio" || family === "video" ? family : "hex";
  if (ending === "svg" || ending === "svgz") return "image";
  if (ending === "md" || ending === "markdown") return "markdown";
  if (ending === "csv" || ending === "tsv") return "table";
  if (["json", "jsonl", "ndjson", "geojson", "webmanifest"].includes(ending)) return "json";
  return "text";
}

/** Something may stand before a PDF begins. */
function hasPdfMark(head: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(head.subarray(0, 1024)).includes("%PDF-");
}
