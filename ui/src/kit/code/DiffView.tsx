// Two texts side by side with their differences, or one under the other where there is no room for both.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { installStyleShim } from "../styleShim";
import { useIsPhone } from "../useIsPhone";
import { loadLanguage } from "./languageLoaders";
import type { LanguageId } from "./languageOf";
import { looks } from "./looks";

export interface DiffViewProps {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
  language: LanguageId;
  /** The text after can be changed, and pieces of the one before taken over. */
  onMerge?: (text: string) => void;
}

/** A comparison that takes longer is cut short, and then only rougher. */
const DIFF = { scanLimit: 500, timeout: 1500 };

export function DiffView({ before, after, beforeLabel, afterLabel, language, onMerge }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const merge = useRef(onMerge);
  const isPhone = useIsPhone();
  const canMerge = onMerge !== undefined;
  useEffect(() => {
    merge.current = onMerge;
  }, [onMerge]);

  useEffect(() => {
    let shown: MergeView | EditorView | null = null;
    let isGone = false;
    void loadLanguage(language).then((grammar) => {
      if (isGone || host.current === null) return;
      shown = build(host.current, { before, after, beforeLabel, afterLabel, grammar, isPhone, onMerge: canMerge ? (text) => merge.current?.(text) : null });
    });
    return () => {
      isGone = true;
      shown?.destroy();
    };
  }, [before, after, beforeLabel, afterLabel, language, isPhone, canMerge]);

  return (
    <div className="flex h-full flex-col">
      {!isPhone && (
        <div className="flex shrink-0 border-b border-line bg-window text-small font-medium text-ink-soft" aria-hidden="true">
          <span className="w-1/2 truncate px-3 py-1.5">{beforeLabel}</span>
          <span className="w-1/2 truncate border-l border-line px-3 py-1.5">{afterLabel}</span>
        </div>
      )}
      <div ref={host} className="code min-h-0 grow" />
    </div>
  );
}

interface Built {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
  grammar: Extension;
  isPhone: boolean;
  onMerge: ((text: string) => void) | null;
}

function build(parent: HTMLElement, { before, after, beforeLabel, afterLabel, grammar, isPhone, onMerge }: Built): MergeView | EditorView {
  installStyleShim();
  const named = (label: string) => EditorView.contentAttributes.of({ "aria-label": label });
  const fixed = [EditorState.readOnly.of(true), EditorView.lineWrapping];
  const edits =
    onMerge === null
      ? fixed
      : [history(), keymap.of([...historyKeymap, ...defaultKeymap]), EditorView.lineWrapping, EditorView.updateListener.of((update) => update.docChanged && onMerge(update.state.doc.toString()))];
  if (isPhone) {
    const unified = unifiedMergeView({ original: before, mergeControls: onMerge !== null, diffConfig: DIFF, collapseUnchanged: { margin: 3, minSize: 6 } });
    return new EditorView({ parent, doc: after, extensions: [looks, grammar, edits, unified, named(`${beforeLabel}, then ${afterLabel}`)] });
  }
  return new MergeView({
    parent,
    a: { doc: before, extensions: [looks, grammar, fixed, named(beforeLabel)] },
    b: { doc: after, extensions: [looks, grammar, edits, named(afterLabel)] },
    diffConfig: DIFF,
    gutter: true,
    collapseUnchanged: { margin: 3, minSize: 6 },
    ...(onMerge === null ? {} : { revertControls: "a-to-b" as const }),
  });
}
