// How terminals are drawn and read out.
import type { TerminalPreferences } from "../../../api/types";
import { ChoiceGroup, type Choice } from "../../../kit/ChoiceGroup";
import { Switch } from "../../../kit/Switch";
import { Explained, Section } from "./Section";
import type { SectionProps } from "./TextSection";

type Renderer = TerminalPreferences["renderer"];

const RENDERERS: readonly Choice<Renderer>[] = [
  { value: "auto", label: "Automatic" },
  { value: "dom", label: "DOM" },
  { value: "webgl", label: "WebGL" },
];
const RENDERER_WORDS: Record<Renderer, string> = {
  auto: "WebGL where a graphics processor helps, else DOM.",
  dom: "Works everywhere; text is as sharp as on the rest of the page.",
  webgl: "Fastest with a graphics processor, slow without one.",
};

export function AccessSection({ preferences, onChange }: SectionProps) {
  const { renderer, screenReader } = preferences;
  return (
    <Section title="Speed and access">
      <Explained words={RENDERER_WORDS[renderer]}>
        <ChoiceGroup legend="Drawn with" choices={RENDERERS} value={renderer} onChange={(next) => onChange({ renderer: next })} />
      </Explained>
      <Switch label="Screen reader output" hint="New lines are read aloud; costs some speed." isOn={screenReader} onChange={(isOn) => onChange({ screenReader: isOn })} />
    </Section>
  );
}
