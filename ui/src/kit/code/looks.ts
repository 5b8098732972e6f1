// How code looks wherever it is shown: its colours, line numbers and the words of CodeMirror.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, highlightSpecialChars, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import "./code.css";

/** What CodeMirror would leave unseen: directions, and what has no width or no ink. What joins letters and chooses the look of a sign stays, as Persian and faces need it, and so do the signs of Arabic that have ink. */
const ALSO_HIDDEN = /(?!\u200c|\u200d|\ufe0e|\ufe0f|[\u0600-\u0605\u06dd])[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

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
  highlightSpecialChars({ addSpecialChars: ALSO_HIDDEN }),
  drawSelection(),
  syntaxHighlighting(COLORS),
  EditorState.allowMultipleSelections.of(true),
  EditorState.phrases.of({ next: "Next", previous: "Previous", all: "Select all", "match case": "Match case", regexp: "Regular expression", "by word": "Whole words", replace: "Replace", "replace all": "Replace all", close: "Close", Replace: "Replace with" }),
];
