// The frames of a terminal's socket: the first byte says the kind, numbers are big-endian, the rest is bytes for the terminal.

export interface ClipboardEventFrame {
  type: "clipboard";
  text: string;
}

export type Frame =
  | { kind: "output"; bytes: Uint8Array }
  /** Everything anew: scrollback, screen, modes. `firstLine` is the absolute number of the first line above the screen. */
  | { kind: "repaint"; columns: number; rows: number; firstLine: number; bytes: Uint8Array }
  /** The screen alone, while the page is behind. */
  | { kind: "screen"; columns: number; rows: number; bytes: Uint8Array }
  | { kind: "event"; event: ClipboardEventFrame };

const INPUT = 0;
const RESIZE = 1;
const ACK = 2;
/** Input longer than this goes in several frames. */
export const INPUT_CHUNK_BYTES = 16 * 1024;
/** The bytes before those for the terminal, by kind. */
const HEADER = { output: 1, repaint: 13, screen: 5 };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Reads one frame; null for one that is cut short or of a kind not known here. */
export function decodeFrame(data: ArrayBuffer): Frame | null {
  const view = new DataView(data);
  if (view.byteLength === 0) return null;
  const rest = (header: number) => new Uint8Array(data, header);
  const isLong = (header: number) => view.byteLength >= header;
  const size = () => ({ columns: view.getUint16(1), rows: view.getUint16(3) });
  switch (view.getUint8(0)) {
    case 0:
      return { kind: "output", bytes: rest(HEADER.output) };
    case 1:
      if (!isLong(HEADER.repaint)) return null;
      return { kind: "repaint", ...size(), firstLine: Number(view.getBigUint64(5)), bytes: rest(HEADER.repaint) };
    case 2:
      return isLong(HEADER.screen) ? { kind: "screen", ...size(), bytes: rest(HEADER.screen) } : null;
    case 4: {
      const event = decodeEvent(decoder.decode(rest(1)));
      return event === null ? null : { kind: "event", event };
    }
    default:
      return null;
  }
}

/** What was typed or pasted, in as many frames as it takes. */
export function encodeInput(input: string | Uint8Array): Uint8Array<ArrayBuffer>[] {
  const bytes = typeof input === "string" ? encoder.encode(input) : input;
  const frames: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < bytes.length; from += INPUT_CHUNK_BYTES) {
    const part = bytes.subarray(from, from + INPUT_CHUNK_BYTES);
    const frame = new Uint8Array(part.length + 1);
    frame[0] = INPUT;
    frame.set(part, 1);
    frames.push(frame);
  }
  return frames;
}

export function encodeResize(columns: number, rows: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(5);
  const view = new DataView(frame.buffer);
  view.setUint8(0, RESIZE);
  view.setUint16(1, columns);
  view.setUint16(3, rows);
  return frame;
}

/** `count` more bytes of frames have been worked through. */
export function encodeAck(count: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(5);
  const view = new DataView(frame.buffer);
  view.setUint8(0, ACK);
  view.setUint32(1, count);
  return frame;
}

function decodeEvent(text: string): ClipboardEventFrame | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || !("type" in parsed) || !("text" in parsed)) return null;
    return parsed.type === "clipboard" && typeof parsed.text === "string" ? { type: "clipboard", text: parsed.text } : null;
  } catch {
    return null;
  }
}
