// Holds that the odd ends of lines survive edits elsewhere, go with their line, and come back with it.
import { history, undo } from "@codemirror/commands";
import { EditorState, Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { joinLines, splitLines } from "../../lib/lineEnds";
import { dropOddEnds, oddLines, withLineEnds } from "./lineEndField";

function stateOf(text: string): EditorState {
  const { lines, odd } = splitLines(text);
  const doc = Text.of(lines);
  return EditorState.create({ doc, extensions: [history(), withLineEnds(doc, odd)] });
}

function textOf(state: EditorState): string {
  return joinLines(state.doc.iterLines(), "\n", oddLines(state));
}

const MIXED = "a\nb\r\nc\n\r\nd\re\n";

test("an untouched document is as it was", () => {
  expect(textOf(stateOf(MIXED))).toBe(MIXED);
});

test("lines keep their ends when others are added", () => {
  const state = stateOf(MIXED).update({ changes: { from: 0, insert: "x\ny\n" } }).state;
  expect(textOf(state)).toBe(`x\ny\n${MIXED}`);
  const split = stateOf("ab\r\ncd\nef\n").update({ changes: { from: 1, insert: "\n" } }).state;
  expect(textOf(split)).toBe("a\nb\r\ncd\nef\n");
});

test("text typed at the end of an odd line stays before its end", () => {
  const state = stateOf("a\nb\r\nc\n").update({ changes: { from: 3, insert: "x" } }).state;
  expect(textOf(state)).toBe("a\nbx\r\nc\n");
});

test("a removed line takes its end along, and undo brings both back", () => {
  let state = stateOf(MIXED).update({ changes: { from: 2, to: 4 } }).state;
  expect(textOf(state)).toBe("a\nc\n\r\nd\re\n");
  undo({ state, dispatch: (transaction) => (state = transaction.state) });
  expect(textOf(state)).toBe(MIXED);
});

test("making all alike can be undone", () => {
  let state = stateOf(MIXED).update({ effects: dropOddEnds.of(null) }).state;
  expect(textOf(state)).toBe("a\nb\nc\n\nd\ne\n");
  undo({ state, dispatch: (transaction) => (state = transaction.state) });
  expect(textOf(state)).toBe(MIXED);
});
