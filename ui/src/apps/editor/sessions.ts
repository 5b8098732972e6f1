// The text of each open file: a CodeMirror editor that outlives the component that shows it, and the state of the file it began with.
import { diff } from "@codemirror/merge";
import { EditorState, Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { create } from "zustand";
import { installStyleShim } from "../../kit/styleShim";
import { joinLines, splitLines, type LineEnd } from "../../lib/lineEnds";
import { decodeText, encodeText, type Encoding } from "../../lib/textEncoding";
import { changeFile, fileOf } from "./documents";
import { detectIndentation } from "./indentation";
import { languageOf } from "../../kit/code/languageOf";
import { oddLines, withLineEnds } from "./lineEndField";
import { compartments, indentationOf, setup } from "./setup";

export interface Session {
  view: EditorView;
  /** The file as it was opened or saved last. */
  base: { doc: Text; bytes: Uint8Array; encoding: Encoding; lineEnd: LineEnd; oddCount: number; version: string | null };
}

export interface Cursor {
  line: number;
  column: number;
  /** In characters, over all ranges. */
  selected: number;
  ranges: number;
}

const sessions = new Map<number, Session>();
/** Where the cursor of each open file is, for the status bar. */
export const useCursors = create<Readonly<Record<number, Cursor>>>(() => ({}));

export function sessionOf(id: number): Session | undefined {
  return sessions.get(id);
}

/** Begins (anew) with a file's bytes; false where they are not valid in the encoding. */
export function startSession(id: number, bytes: Uint8Array, encoding: Encoding, version: string | null, onChange: (id: number) => void): boolean {
  const file = fileOf(id);
  const text = decodeText(bytes, encoding);
  if (file === undefined || text === null) return false;
  const { lines, end, odd } = splitLines(text);
  const indentation = detectIndentation(lines);
  const state = stateOf(id, lines, odd, indentation.spaces, onChange);
  const { doc } = state;
  const known = sessions.get(id);
  installStyleShim();
  const view = known?.view ?? new EditorView({ state });
  if (known !== undefined) view.setState(state);
  sessions.set(id, { view, base: { doc, bytes, encoding, lineEnd: end, oddCount: odd.size, version } });
  changeFile(id, {
    phase: { kind: "ready" },
    encoding,
    lineEnd: end,
    isMixed: odd.size > 0,
    isDirty: false,
    indentation,
    sizeBytes: bytes.length,
    language: languageOf(file.path, lines[0] ?? ""),
    problem: null,
    panel: null,
    question: null,
  });
  onCursor(id, view.state);
  return true;
}

/** Puts another text in place with its own line ends, as if it had been opened; the base stays. */
export function restoreText(id: number, text: string, onChange: (id: number) => void): void {
  const session = sessions.get(id);
  const file = fileOf(id);
  if (session === undefined || file === undefined) return;
  const { lines, end, odd } = splitLines(text);
  session.view.setState(stateOf(id, lines, odd, file.indentation.spaces, onChange));
  changeFile(id, { lineEnd: end, isMixed: odd.size > 0 });
  onCursor(id, session.view.state);
}

function stateOf(id: number, lines: readonly string[], odd: ReadonlyMap<number, LineEnd>, spaces: number | null, onChange: (id: number) => void): EditorState {
  const doc = Text.of(lines);
  return EditorState.create({ doc, extensions: [setup(id, { onChange, onCursor }), compartments.indentation(id).of(indentationOf(spaces)), withLineEnds(doc, odd)] });
}

/** Puts the cursor at the beginning of a line, and the line into the middle of the view; past the end it is the last one. */
export function showLine(id: number, line: number): void {
  const view = sessions.get(id)?.view;
  if (view === undefined) return;
  const { from } = view.state.doc.line(Math.max(1, Math.min(view.state.doc.lines, line)));
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
}

export function endSession(id: number): void {
  sessions.get(id)?.view.destroy();
  sessions.delete(id);
  compartments.forget(id);
}

/** Whether the file would be written otherwise than it is on the server. */
export function isChanged(id: number): boolean {
  const session = sessions.get(id);
  const file = fileOf(id);
  if (session === undefined || file === undefined) return false;
  const { base, view } = session;
  if (file.isNew || file.encoding !== base.encoding || file.lineEnd !== base.lineEnd) return true;
  return !view.state.doc.eq(base.doc) || (base.oddCount > 0 && oddLines(view.state).size !== base.oddCount);
}

/** The bytes to write, or the place of the first character that the encoding lacks. */
export function bytesOf(id: number): { bytes: Uint8Array<ArrayBuffer> } | { character: string; line: number } | null {
  const session = sessions.get(id);
  const file = fileOf(id);
  if (session === undefined || file === undefined) return null;
  const { doc } = session.view.state;
  const text = joinLines(doc.iterLines(), file.lineEnd, oddLines(session.view.state));
  const result = encodeText(text, file.encoding);
  if ("bytes" in result) return result;
  const before = splitLines(text.slice(0, result.badIndex)).lines.length;
  return { character: String.fromCodePoint(text.codePointAt(result.badIndex) ?? 0), line: before };
}

/** The text on the server is what is in the editor now, or was when `doc` was taken. */
export function markSaved(id: number, doc: Text, bytes: Uint8Array, version: string): void {
  const session = sessions.get(id);
  const file = fileOf(id);
  if (session === undefined || file === undefined) return;
  session.base = { doc, bytes, encoding: file.encoding, lineEnd: file.lineEnd, oddCount: oddLines(session.view.state).size, version };
  changeFile(id, { isNew: false, sizeBytes: bytes.length, problem: null, question: null });
  changeFile(id, { isDirty: isChanged(id) });
}

/** Changes the text into another one, piece by piece, so that the rest keeps its line ends; it can be undone. */
export function replaceText(id: number, text: string): void {
  const view = sessions.get(id)?.view;
  if (view === undefined) return;
  const before = view.state.doc.toString();
  const changes = diff(before, text, { scanLimit: 500, timeout: 1000 }).map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: text.slice(fromB, toB) }));
  view.dispatch({ changes, userEvent: "input.replace" });
}

function onCursor(id: number, state: EditorState): void {
  const { main, ranges } = state.selection;
  const line = state.doc.lineAt(main.head);
  const selected = ranges.reduce((sum, range) => sum + range.to - range.from, 0);
  useCursors.setState({ [id]: { line: line.number, column: main.head - line.from + 1, selected, ranges: ranges.length } });
}
