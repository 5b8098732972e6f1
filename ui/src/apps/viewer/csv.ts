// Reads CSV as programs write it: quotes, quotes in quotes, any of the usual delimiters, line ends within quotes; every size is bounded.

export interface CsvLimits {
  rows: number;
  columns: number;
  cellChars: number;
}

export interface Csv {
  rows: string[][];
  /** The widest row, as far as it is kept. */
  columns: number;
  /** Something was left out. */
  isCut: boolean;
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
const SAMPLE_CHARS = 64_000;
const SAMPLE_ROWS = 50;

/** The delimiter that cuts the first rows into the same number of cells most often; a comma where none does. */
export function detectDelimiter(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARS);
  let best: string = ",";
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const { rows } = parseCsv(sample, delimiter, { rows: SAMPLE_ROWS, columns: 1000, cellChars: 10 });
    const widths = rows.map((row) => row.length);
    const usual = widths.toSorted((one, other) => one - other)[Math.floor(widths.length / 2)] ?? 1;
    const score = usual < 2 ? 0 : (widths.filter((width) => width === usual).length / widths.length) * (1 + Math.log(usual));
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

export function parseCsv(text: string, delimiter: string, limits: CsvLimits): Csv {
  const rows: string[][] = [];
  let row: string[] = [];
  let columns = 0;
  let isCut = false;
  let at = text.startsWith("\ufeff") ? 1 : 0;

  const addCell = (cell: string) => {
    if (row.length >= limits.columns) {
      isCut = true;
      return;
    }
    if (cell.length > limits.cellChars) isCut = true;
    row.push(cell.slice(0, limits.cellChars));
  };
  const addRow = () => {
    rows.push(row);
    columns = Math.max(columns, row.length);
    row = [];
  };

  while (at < text.length) {
    if (rows.length >= limits.rows) return { rows, columns, isCut: true };
    let cell = "";
    if (text[at] === '"') {
      const { value, next } = quoted(text, at);
      cell = value;
      at = next;
    }
    // What follows a closing quote belongs to the cell, as spreadsheets read it.
    const end = cellEnd(text, at, delimiter);
    addCell(cell + text.slice(at, end));
    at = end;
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) continue;
      addCell("");
    }
    addRow();
    at += text.startsWith("\r\n", at) ? 2 : 1;
  }
  return { rows, columns, isCut };
}

function quoted(text: string, start: number): { value: string; next: number } {
  const pieces: string[] = [];
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: pieces.join("") + text.slice(at), next: text.length };
    pieces.push(text.slice(at, quote));
    if (text[quote + 1] !== '"') return { value: pieces.join(""), next: quote + 1 };
    pieces.push('"');
    at = quote + 2;
  }
}

function cellEnd(text: string, start: number, delimiter: string): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === delimiter || character === "\n" || character === "\r") return at;
  }
  return text.length;
}
