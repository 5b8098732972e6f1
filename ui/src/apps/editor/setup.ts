// What an editor can do: keys, history, search, the looks of code; parts that change later lie in compartments of their file.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  highlightWhitespace,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useSettings, type Settings } from "./settings";

export interface Listeners {
  onChange: (id: number) => void;
  onCursor: (id: number, state: EditorState) => void;
}

type Part = "language" | "indentation" | "readOnly" | "view";

const known = new Map<string, Compartment>();

/** The exchangeable parts of each editor. */
export const compartments = {
  language: (id: number) => compartment(id, "language"),
  indentation: (id: number) => compartment(id, "indentation"),
  readOnly: (id: number) => compartment(id, "readOnly"),
  view: (id: number) => compartment(id, "view"),
  forget: (id: number) => {
    for (const part of ["language", "indentation", "readOnly", "view"] as const) known.delete(`${part}${id}`);
  },
};

function compartment(id: number, part: Part): Compartment {
  const key = `${part}${id}`;
  const found = known.get(key) ?? new Compartment();
  known.set(key, found);
  return found;
}

/** Colours are the tokens', so that light and dark need no second theme. */
const COLORS = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], color: "var(--color-series-memory)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.character, tags.inserted], color: "var(--color-series-receive)" },
  { tag: [tags.number, tags.bool, tags.atom, tags.null, tags.unit, tags.color, tags.escape], color: "var(--color-series-send)" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment, tags.docComment], color: "var(--color-ink-faint)", fontStyle: "italic" },
  { tag: [tags.propertyName, tags.attributeName, tags.definition(tags.propertyName), tags.labelName], color: "var(--color-series-cpu)" },
  { tag: [tags.typeName, tags.className, tags.namespace, tags.tagName, tags.standard(tags.name), tags.macroName], color: "var(--color-series-load)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--color-series-cpu)" },
  { tag: [tags.heading], color: "var(--color-series-memory)", fontWeight: "var(--font-weight-semibold)" },
  { tag: [tags.strong], fontWeight: "var(--font-weight-semibold)" },
  { tag: [tags.emphasis], fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--color-series-cpu)", textDecoration: "underline" },
  { tag: [tags.strikethrough], textDecoration: "line-through" },
  { tag: [tags.meta, tags.processingInstruction, tags.documentMeta], color: "var(--color-ink-soft)" },
  { tag: [tags.deleted, tags.invalid], color: "var(--color-bad)" },
]);

/** What every text shown here shares, editable or not. */
export const looks: Extension = [
  lineNumbers(),
  highlightSpecialChars(),
  drawSelection(),
  syntaxHighlighting(COLORS),
  EditorState.allowMultipleSelections.of(true),
  EditorState.phrases.of({ next: "Next", previous: "Previous", all: "Select all", "match case": "Match case", regexp: "Regular expression", "by word": "Whole words", replace: "Replace", "replace all": "Replace all", close: "Close", Replace: "Replace with" }),
];

export function setup(id: number, { onChange, onCursor }: Listeners): Extension {
  return [
    looks,
    highlightActiveLineGutter(),
    highlightActiveLine(),
    history(),
    codeFolding(),
    foldGutter(),
    indentOnInput(),
    bracketMatching(),
    rectangularSelection(),
    crosshairCursor(),
    highlightSelectionMatches(),
    search({ top: true }),
    keymap.of([...searchKeymap.filter(({ key }) => key !== "Mod-Alt-g"), ...historyKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab]),
    compartments.language(id).of([]),
    compartments.readOnly(id).of([]),
    compartments.view(id).of(viewOf(useSettings.getState())),
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": "Text", spellcheck: "false", "aria-description": "Tab indents. To leave with Tab, press Escape first." }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged || update.transactions.some((each) => each.effects.length > 0)) onChange(id);
      if (update.docChanged || update.selectionSet) onCursor(id, update.state);
    }),
  ];
}

/** Wrapping and whitespace, as chosen. */
export function viewOf({ wraps, showsWhitespace }: Pick<Settings, "wraps" | "showsWhitespace">): Extension {
  return [wraps ? EditorView.lineWrapping : [], showsWhitespace ? highlightWhitespace() : []];
}

export function indentationOf(spaces: number | null): Extension {
  return [indentUnit.of(spaces === null ? "\t" : " ".repeat(spaces)), EditorState.tabSize.of(spaces === null ? 4 : Math.max(2, spaces))];
}

export function readOnlyOf(isReadOnly: boolean): Extension {
  return isReadOnly ? EditorState.readOnly.of(true) : [];
}
