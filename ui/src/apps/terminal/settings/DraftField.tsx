// A text field whose value is taken over on Enter or on leaving, and only when nothing is wrong with it.
import { useState, type ReactNode } from "react";
import { Field } from "../../../kit/Field";

export interface DraftFieldProps {
  label: string;
  hint: ReactNode;
  placeholder: string;
  value: string;
  /** What is wrong with a text, as a sentence; null when nothing is. */
  mistakeIn: (text: string) => string | null;
  onCommit: (text: string) => void;
  /** Told as it is typed, for a preview; null when nothing is being typed. */
  onDraft?: (text: string | null) => void;
  isMono?: boolean;
  /** The id of a list of suggestions. */
  list?: string;
}

export function DraftField({ label, hint, placeholder, value, mistakeIn, onCommit, onDraft, isMono = false, list }: DraftFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [isChecked, setIsChecked] = useState(false);
  const mistake = isChecked && draft !== null ? mistakeIn(draft.trim()) : null;

  const change = (text: string | null) => {
    setDraft(text);
    onDraft?.(text);
  };
  const commit = () => {
    if (draft === null) return;
    const text = draft.trim();
    setIsChecked(true);
    if (mistakeIn(text) !== null) return;
    setIsChecked(false);
    change(null);
    if (text !== value) onCommit(text);
  };
  return (
    <Field
      label={label}
      hint={hint}
      mistake={mistake}
      placeholder={placeholder}
      isMono={isMono}
      list={list}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={draft ?? value}
      onChange={(event) => change(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
    />
  );
}
