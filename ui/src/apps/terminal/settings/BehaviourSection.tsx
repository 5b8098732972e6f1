// What terminals do: lines kept, copying and pasting, the bell, the shell.
import type { TerminalPreferences } from "../../../api/types";
import { ChoiceGroup, type Choice } from "../../../kit/ChoiceGroup";
import { NumberField } from "../../../kit/NumberField";
import { Switch } from "../../../kit/Switch";
import { mistakeInShell } from "./checks";
import { DraftField } from "./DraftField";
import { Section } from "./Section";
import type { SectionProps } from "./TextSection";

const BELLS: readonly Choice<TerminalPreferences["bell"]>[] = [
  { value: "none", label: "Nothing" },
  { value: "visual", label: "Visual" },
  { value: "sound", label: "Sound" },
];

export function BehaviourSection({ preferences, onChange }: SectionProps) {
  return (
    <Section title="Behaviour">
      <div className="grid gap-3 wide:grid-cols-2">
        <NumberField
          label="Lines kept above the screen"
          least={100}
          most={100_000}
          step={1000}
          value={preferences.scrollbackLines}
          onCommit={(lines) => onChange({ scrollbackLines: Math.round(lines) })}
        />
        <ChoiceGroup legend="Bell" choices={BELLS} value={preferences.bell} onChange={(bell) => onChange({ bell })} />
      </div>
      <DraftField
        label="Shell for new terminals"
        placeholder="Login shell"
        hint="An absolute path on the server; empty: the account's login shell."
        isMono
        value={preferences.shell}
        mistakeIn={mistakeInShell}
        onCommit={(shell) => onChange({ shell })}
      />
      <Switch label="Copy what is selected" hint="At once, without a key." isOn={preferences.copyOnSelect} onChange={(copyOnSelect) => onChange({ copyOnSelect })} />
      <Switch
        label="Ask before several lines are pasted"
        hint="A shell may run each line as soon as it arrives."
        isOn={preferences.warnOnPaste}
        onChange={(warnOnPaste) => onChange({ warnOnPaste })}
      />
      <Switch
        label="Programs may write to the clipboard"
        hint="What a program on a server sends (OSC 52) replaces what you have copied. Reading is never allowed."
        isOn={preferences.clipboardWrite}
        onChange={(clipboardWrite) => onChange({ clipboardWrite })}
      />
    </Section>
  );
}
