// A reference page of control sequences, scene by scene: what a terminal shows of each must be the same after a reload.

export interface Scene {
  name: string;
  text: string;
  /** Shown after the reload, to find what a snapshot cannot see: tab stops, margins, the saved cursor. */
  probe?: string;
  /** Whether it is compared at another size too. */
  isResized?: boolean;
}

const ESC = "\x1b";
const csi = (...parts: (string | number)[]): string => `${ESC}[${parts.join("")}`;
const sgr = (what: string, text: string): string => `${csi(what, "m")}${text}${csi("m")} `;
const at = (row: number, column: number, text = ""): string => `${csi(row, ";", column, "H")}${text}`;
const link = (parameters: string, address: string, text: string): string => `${ESC}]8;${parameters};${address}${ESC}\\${text}${ESC}]8;;${ESC}\\`;
const count = (length: number): number[] => Array.from({ length }, (_, index) => index);

const ATTRIBUTES = [
  ...[1, 2, 3, 4, 7, 8, 9, 21, 53].map((kind) => sgr(String(kind), `kind ${kind}`)),
  "\r\n",
  ...[1, 2, 3, 4, 5].map((style) => sgr(`4:${style}`, `line ${style}`)),
  sgr("4:3;58:5:196", "curly red"),
  sgr("4;58:2::1:200:3", "straight green"),
  sgr("58;5;9;4;59", "no colour again"),
  "\r\n",
  ...count(16).map((color) => sgr(String(color < 8 ? 30 + color : 82 + color), "fg") + sgr(String(color < 8 ? 40 + color : 92 + color), "bg")),
  "\r\n",
  ...count(256).map((color) => `${csi("48;5;", color, "m")} ${csi("m")}`),
  "\r\n",
  ...count(64).map((shade) => `${csi("48;2;", shade * 4, ";0;", 255 - shade * 4, "m")}${csi("38:2:", shade, ":255:0m")}x`),
  `${csi("m")}\r\n`,
  sgr("1;31;44", "bold red on blue") + sgr("7;1;33", "inverse yellow") + sgr("1;2;3;4;9;53", "all at once"),
  `${csi("31;1;4m")}half ${csi("22m")}of ${csi("24;39m")}it\r\n`,
  link("", "https://example.org/a;b", "a link"),
  " ",
  link("id=one", "https://example.org/", "another"),
  `${ESC}]4;1;rgb:10/80/f0${ESC}\\${ESC}]4;2;#a0b0c0${ESC}\\${ESC}]104;2${ESC}\\`,
  `${csi("32;1;3m")}and the pen stays so`,
].join("");

const CHARACTERS = [
  "wide 漢字かな한글 narrow é ñ e\u0301 a\u0308\u0304 mark\u200bless\r\n",
  "emoji 😀 👍🏽 👨‍👩‍👧 🇩🇪 ☺ ☺\ufe0f ❤ ❤\ufe0f 1\ufe0f\u20e3\r\n",
  `${"ab漢".repeat(40)}\r\n`,
  `\u0301lone marks ${csi("1m")}\u0308here${csi("m")}\r\n`,
  `${ESC}(0lqqwqqk_x  x  x\r\n  tqqnqqu\r\n  mqqvqqj${ESC}(B ${ESC})0\x0eaf_g\x0f plain_text\r\n`,
  `a\tb\t\tc\r\n漢\x08x${csi(5, "C")}字${csi(2, "D")}y\r\n`,
  `漢漢漢\r${csi("P")} ${csi("@")}\r\n`,
].join("");

const EDITS = [
  count(22).map((row) => at(row + 1, 1, `row ${row + 1} ${"=".repeat(60)}`)).join(""),
  `${csi("44m")}${at(1, 20)}${csi("K")}${at(2, 20)}${csi("1K")}${at(3, 20)}${csi("2K")}${csi("42m")}${at(4, 10)}${csi("5X")}`,
  `${csi("41m")}${at(5, 10)}${csi("3@")}${at(6, 10)}${csi("4P")}${csi("45m")}${at(7, 5)}${csi("2L")}${at(11, 5)}${csi("M")}${csi("m")}`,
  `${csi("12;16r")}${at(12, 1)}${ESC}M top${at(16, 1)}\n bottom${csi("2S")}${csi("46m")}${csi("T")}${csi("m")}${csi("r")}`,
  `${at(18, 1)}r${csi("12b")}|${at(19, 70)}to the edge and over it${at(21, 1)}${csi("4h")}inserted ${csi("4l")}`,
  `${at(2, 1)}${csi("1J")}${at(20, 40)}${csi("43m")}${csi("J")}${csi("m")}`,
].join("");

const STATE = [
  `${at(1, 1)}${"-".repeat(30)}${at(3, 3)}${csi("1;35m")}${ESC}7${csi("m")}`,
  `${csi("3g")}${at(1, 5)}${ESC}H${at(1, 33)}${ESC}H${csi("5;10r")}${csi("?6h")}${at(2, 4)}in the region${csi("A")}${csi("3C")}up${csi("10G")}!`,
  `${csi("?1h")}${ESC}=${csi("?2004h")}${csi("?1002h")}${csi("?1006h")}${csi("?1015h")}${csi("?1004h")}${csi("?25l")}${csi("5 q")}`,
].join("");

export const SCENES: readonly Scene[] = [
  { name: "attributes", text: ATTRIBUTES, probe: " more\r\nplain?", isResized: true },
  { name: "characters", text: CHARACTERS, probe: "after" },
  { name: "edits", text: EDITS, probe: "x" },
  { name: "state", text: STATE, probe: `\r\tT\tT\n\n\n\n\n\n\nlast${ESC}8saved` },
  { name: "the end of a line", text: `${at(3, 1)}${csi("31m")}${csi("999C")}x`, probe: "y\r\n" },
  { name: "a line feed behind the last column", text: `${at(3, 1)}${csi("999C")}x\ny${csi("999C")}z\tt`, probe: "u" },
  { name: "the corner", text: `${at(999, 999, "x")}${csi("1J")}`, probe: "y" },
  { name: "a wrapped line, erased", text: `${"w".repeat(3000)}${csi("2K")}\r\nbelow\r\n`, probe: "z" },
  { name: "the alternate screen", text: `main\r\n${csi("36m")}${csi("?1049h")}${csi("44m")}${csi("2J")}${at(4, 4, "alternate")}${ESC}7${at(9, 9)}`, probe: `a${ESC}8b${csi("?1049l")}back` },
  { name: "a soft reset", text: `${csi("3;8r")}${csi("?6h")}${csi("1;4;31m")}${csi("?2004h")}text${csi("!p")}plain`, probe: "\r\nx" },
  { name: "an alignment pattern", text: `${csi("3;8r")}${csi("41m")}${ESC}#8`, probe: "x" },
  { name: "history", text: `${count(90).map((line) => `${csi(31 + (line % 6), "m")}line ${line} ${"0123456789".repeat(line % 25)}${csi("m")}\r\n`).join("")}${at(1, 1)}${csi("2M")}${csi("3S")}`, probe: "x", isResized: true },
];

/** As a shell command prints it: everything anew before it. */
export function printed(text: string): string {
  return `${ESC}c${text}`;
}
