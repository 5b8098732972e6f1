// The cursor, as long as no program asks for another.
import type { TerminalPreferences } from "../../../api/types";
import { ChoiceGroup, type Choice } from "../../../kit/ChoiceGroup";
import { Switch } from "../../../kit/Switch";
import { Section } from "./Section";
import type { SectionProps } from "./TextSection";

const SHAPES: readonly Choice<TerminalPreferences["cursorStyle"]>[] = [
  { value: "block", label: "Block", icon: <span aria-hidden="true" className="h-3 w-1.5 bg-current" /> },
  { value: "bar", label: "Bar", icon: <span aria-hidden="true" className="h-3 w-0.5 bg-current" /> },
  { value: "underline", label: "Underline", icon: <span aria-hidden="true" className="h-3 w-2 border-b-2 border-current" /> },
];

export function CursorSection({ preferences, onChange }: SectionProps) {
  return (
    <Section title="Cursor">
      <ChoiceGroup legend="Shape" choices={SHAPES} value={preferences.cursorStyle} onChange={(cursorStyle) => onChange({ cursorStyle })} />
      <Switch label="Blink" isOn={preferences.cursorBlink} onChange={(cursorBlink) => onChange({ cursorBlink })} />
    </Section>
  );
}
