// Writes small PDFs byte by byte, for the tests of what shows them: pages of text, with what is asked for besides.
import { createHash } from "node:crypto";

export interface PdfOptions {
  /** Locks it, so that this is needed to read it. */
  password?: string;
  /** Runs when the file is opened, where a viewer lets it. */
  script?: string;
  /** A link over the first page. */
  link?: string;
  /** Draws a black square on the first page, a picture packed as fax machines do it. */
  hasScan?: boolean;
  /** Zero bytes that nobody needs, between the pages and the table at the end. */
  gapBytes?: number;
  /** In units of 1/72 inch; A4 where it is not said. */
  size?: [number, number];
}

export interface PdfParts {
  /** All before the gap, and all after it. */
  head: Buffer;
  tail: Buffer;
}

const PAD = Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex").toString("latin1");
const ID = "00112233445566778899aabbccddeeff";
/** All rights, as the bytes of -4. */
const RIGHTS = "\xfc\xff\xff\xff";

/** One page for each list of lines. */
export function pdf(pages: string[][], options: PdfOptions = {}): Buffer {
  const { head, tail } = texts(pages, options);
  return Buffer.from(head + "\0".repeat(options.gapBytes ?? 0) + tail, "latin1");
}

export function pdfParts(pages: string[][], options: PdfOptions = {}): PdfParts {
  const { head, tail } = texts(pages, options);
  return { head: Buffer.from(head, "latin1"), tail: Buffer.from(tail, "latin1") };
}

/** The same with a character for each byte. */
function texts(pages: string[][], { password, script, link, hasScan = false, gapBytes = 0, size = [595, 842] }: PdfOptions): { head: string; tail: string } {
  const lock = password === undefined ? null : lockOf(password);
  const pageNumber = (at: number) => 4 + at * 2;
  const linkNumber = 4 + pages.length * 2;
  const scanNumber = linkNumber + 1;
  const gapNumber = scanNumber + 1;
  const objects: [number, string, string | null][] = [
    [1, `/Type /Catalog /Pages 2 0 R${script === undefined ? "" : ` /OpenAction << /S /JavaScript /JS (${escaped(script)}) >>`}`, null],
    [2, `/Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${pageNumber(at)} 0 R`).join(" ")}]`, null],
    [3, "/Type /Font /Subtype /Type1 /BaseFont /Helvetica", null],
    ...pages.flatMap((lines, at): [number, string, string | null][] => {
      const number = pageNumber(at);
      const annots = link !== undefined && at === 0 ? ` /Annots [${linkNumber} 0 R]` : "";
      const text = `BT /F1 18 Tf 24 TL 72 ${size[1] - 96} Td ${lines.map((line) => `(${escaped(line)}) Tj T*`).join(" ")} ET${hasScan && at === 0 ? " q 300 0 0 300 100 100 cm /I1 Do Q" : ""}`;
      return [
        [number, `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(" ")}] /Resources << /Font << /F1 3 0 R >> /XObject << /I1 ${scanNumber} 0 R >> >> /Contents ${number + 1} 0 R${annots}`, null],
        [number + 1, "", text],
      ];
    }),
    [linkNumber, `/Type /Annot /Subtype /Link /Rect [0 0 ${size.join(" ")}] /Border [0 0 0] /A << /S /URI /URI (${escaped(link ?? "about:blank")}) >>`, null],
    // Eight white rows, each like the one above, and then white for black.
    [scanNumber, "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 1 /Decode [1 0] /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 /Rows 8 >> ", "\xff"],
  ];
  const places: number[] = [];
  let head = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  for (const [number, words, stream] of objects) {
    const bytes = stream === null || lock === null ? stream : rc4(objectKey(lock.key, number), stream);
    places.push(head.length);
    head += `${number} 0 obj\n<< ${words}${bytes === null ? " >>" : `/Length ${bytes.length} >>\nstream\n${bytes}\nendstream`}\nendobj\n`;
  }
  places.push(head.length);
  head += `${gapNumber} 0 obj\n<< /Length ${gapBytes} >>\nstream\n`;
  const closing = "\nendstream\nendobj\n";
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const encrypt = lock === null ? "" : ` /Encrypt << /Filter /Standard /V 1 /R 2 /O <${hex(lock.owner)}> /U <${hex(lock.user)}> /P -4 >>`;
  const trailer = `trailer\n<< /Size ${gapNumber + 1} /Root 1 0 R /ID [<${ID}> <${ID}>]${encrypt} >>`;
  return { head, tail: `${closing}xref\n0 ${gapNumber + 1}\n0000000000 65535 f \n${rows}${trailer}\nstartxref\n${head.length + gapBytes + closing.length}\n%%EOF\n` };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\()]/g, "\\$&");
}

/** The oldest way to lock a PDF (ISO 32000-1, 7.6.3, revision 2): short, and every viewer knows it. */
function lockOf(password: string): { key: string; owner: string; user: string } {
  const padded = (password + PAD).slice(0, 32);
  const owner = rc4(md5(padded).slice(0, 5), padded);
  const key = md5(padded + owner + RIGHTS + Buffer.from(ID, "hex").toString("latin1")).slice(0, 5);
  return { key, owner, user: rc4(key, PAD) };
}

function objectKey(key: string, number: number): string {
  return md5(`${key}${String.fromCharCode(number & 255, (number >> 8) & 255, (number >> 16) & 255, 0, 0)}`).slice(0, key.length + 5);
}

function hex(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("hex");
}

function md5(bytes: string): string {
  return createHash("md5").update(bytes, "latin1").digest("binary");
}

/** Node.js does not have it any more. */
function rc4(key: string, bytes: string): string {
  const state = Uint8Array.from({ length: 256 }, (_, at) => at);
  const swap = (one: number, other: number) => ([state[one], state[other]] = [state[other] ?? 0, state[one] ?? 0]);
  for (let at = 0, to = 0; at < 256; at += 1) {
    to = (to + (state[at] ?? 0) + key.charCodeAt(at % key.length)) & 255;
    swap(at, to);
  }
  let one = 0;
  let other = 0;
  return bytes.replaceAll(/[^]/g, (byte) => {
    one = (one + 1) & 255;
    other = (other + (state[one] ?? 0)) & 255;
    swap(one, other);
    return String.fromCharCode(byte.charCodeAt(0) ^ (state[((state[one] ?? 0) + (state[other] ?? 0)) & 255] ?? 0));
  });
}
