// What an editor can do: keys, history, search; parts that change later lie in compartments of their file.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { crosshairCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightWhitespace, keymap, rectangularSelection } from "@codemirror/view";
import { looks } from "../../kit/code/looks";
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
