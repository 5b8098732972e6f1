// Text encodings, both ways and exact: what decodes here encodes to the very same bytes.

export type Encoding = "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16le-bom" | "utf-16be" | "utf-16be-bom" | "windows-1252" | "iso-8859-1";

export const ENCODINGS: readonly { value: Encoding; label: string }[] = [
  { value: "utf-8", label: "UTF-8" },
  { value: "utf-8-bom", label: "UTF-8 with BOM" },
  { value: "utf-16le", label: "UTF-16 LE" },
  { value: "utf-16le-bom", label: "UTF-16 LE with BOM" },
  { value: "utf-16be", label: "UTF-16 BE" },
  { value: "utf-16be-bom", label: "UTF-16 BE with BOM" },
  { value: "windows-1252", label: "Windows-1252" },
  { value: "iso-8859-1", label: "ISO 8859-1 (Latin-1)" },
];

/** What 0x80 to 0x9F mean in Windows-1252; the five without a meaning stay the controls they are, so that every byte has a character. */
const WINDOWS =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
const TO_WINDOWS = new Map(Array.from({ length: WINDOWS.length }, (_, index) => [WINDOWS.charCodeAt(index), 0x80 + index]));
const BOMS: Partial<Record<Encoding, readonly number[]>> = { "utf-8-bom": [0xef, 0xbb, 0xbf], "utf-16le-bom": [0xff, 0xfe], "utf-16be-bom": [0xfe, 0xff] };
/** Enough to tell what a file is. */
const HEAD_BYTES = 65_536;
const PIECE = 8192;

export interface Detected {
  encoding: Encoding;
  /** False: these bytes are no text in any encoding that is known here. */
  isText: boolean;
}

/** The encoding that fits: what its mark says, UTF-8 where it is valid, UTF-16 by its zeros, else Windows-1252. */
export function detectEncoding(bytes: Uint8Array): Detected {
  for (const encoding of ["utf-8-bom", "utf-16le-bom", "utf-16be-bom"] as const) {
    if (startsWith(bytes, BOMS[encoding] ?? []) && decodeText(bytes, encoding) !== null) return { encoding, isText: true };
  }
  const { zeros, evenZeros, controls, length } = lookAt(bytes);
  if (zeros > 0) {
    const isWide = zeros > length * 0.2;
    const encoding = isWide ? (evenZeros > zeros * 0.9 ? "utf-16be" : evenZeros < zeros * 0.1 ? "utf-16le" : null) : null;
    return encoding !== null && decodeText(bytes, encoding) !== null ? { encoding, isText: true } : { encoding: "iso-8859-1", isText: false };
  }
  if (decodeText(bytes, "utf-8") !== null) return { encoding: "utf-8", isText: true };
  return controls > length * 0.01 ? { encoding: "iso-8859-1", isText: false } : { encoding: "windows-1252", isText: true };
}

/** The text without its byte order mark; null where the bytes are not valid in the encoding. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string | null {
  const bom = BOMS[encoding] ?? [];
  if (!startsWith(bytes, bom)) return null;
  const body = bytes.subarray(bom.length);
  if (encoding === "windows-1252" || encoding === "iso-8859-1") return decodeSingle(body, encoding === "windows-1252");
  try {
    return new TextDecoder(encoding.replace("-bom", ""), { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/** The bytes of a text, or the place of the first character that the encoding does not have. */
export function encodeText(text: string, encoding: Encoding): { bytes: Uint8Array<ArrayBuffer> } | { badIndex: number } {
  const bom = BOMS[encoding] ?? [];
  if (encoding === "windows-1252" || encoding === "iso-8859-1") return encodeSingle(text, encoding === "windows-1252");
  if (encoding === "utf-8" || encoding === "utf-8-bom") {
    const body = new TextEncoder().encode(text);
    return { bytes: bom.length === 0 ? body : joined(bom, body) };
  }
  const isLittle = encoding.startsWith("utf-16le");
  const body = new Uint8Array(text.length * 2);
  const view = new DataView(body.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return { bytes: joined(bom, body) };
}

function decodeSingle(bytes: Uint8Array, isWindows: boolean): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  const text = pieces.join("");
  // oxlint-disable-next-line no-control-regex -- these are the bytes that differ
  return isWindows ? text.replace(/[\u0080-\u009f]/g, (mark) => WINDOWS[mark.charCodeAt(0) - 0x80] ?? mark) : text;
}

function encodeSingle(text: string, isWindows: boolean): { bytes: Uint8Array<ArrayBuffer> } | { badIndex: number } {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isOwn = isWindows && code >= 0x80 && !(code >= 0xa0 && code <= 0xff);
    const byte = isOwn ? TO_WINDOWS.get(code) : code <= 0xff ? code : undefined;
    if (byte === undefined) return { badIndex: at };
    bytes[at] = byte;
  }
  return { bytes };
}

function lookAt(bytes: Uint8Array): { zeros: number; evenZeros: number; controls: number; length: number } {
  const length = Math.min(bytes.length, HEAD_BYTES);
  let zeros = 0;
  let evenZeros = 0;
  let controls = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) {
      zeros += 1;
      if (at % 2 === 0) evenZeros += 1;
      // Tab, line ends, form feed and escape (colours) are usual in text.
    } else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls += 1;
  }
  return { zeros, evenZeros, controls, length };
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return bytes.length >= head.length && head.every((byte, index) => bytes[index] === byte);
}

function joined(head: readonly number[], body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}
