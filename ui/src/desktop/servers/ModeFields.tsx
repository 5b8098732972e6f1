// What a server may be used for: one of the usual sets, or each permission by itself; and whether people depend on it.
import { useState } from "react";
import { useCatalog } from "../../api/catalog";
import { CAPABILITIES, CAPABILITY_WORDS, MODE_WORDS, modeOf, type Capability, type Mode } from "../../api/permissions";
import { ChoiceGroup, type Choice } from "../../kit/ChoiceGroup";
import { Switch } from "../../kit/Switch";
import type { ServerForm } from "./serverForm";

const CHOICES: readonly Choice<Mode | "custom">[] = (["observe", "operate", "administer", "custom"] as const).map((value) => ({ value, label: MODE_WORDS[value].label }));

export function ModeFields({ form, set }: { form: ServerForm; set: (change: Partial<ServerForm>) => void }) {
  const { catalog } = useCatalog();
  const modes = catalog?.modes ?? [];
  const [isCustom, setIsCustom] = useState(false);
  const usual = modes.find((each) => each.mode === "administer")?.capabilities ?? [];
  const capabilities: readonly Capability[] = form.capabilities ?? usual;
  const mode = modes.length === 0 && form.capabilities === null ? "administer" : isCustom ? "custom" : modeOf(capabilities, modes);
  const choose = (chosen: Mode | "custom") => {
    setIsCustom(chosen === "custom");
    const granted = chosen === "custom" ? capabilities : modes.find((each) => each.mode === chosen)?.capabilities;
    if (granted !== undefined) set({ capabilities: [...granted] });
  };
  const grant = (capability: Capability, isOn: boolean) => {
    setIsCustom(true);
    set({ capabilities: CAPABILITIES.filter((each) => (each === capability ? isOn : capabilities.includes(each))) });
  };
  return (
    <>
      <div>
        <ChoiceGroup legend="Permissions" choices={CHOICES} value={mode} onChange={choose} />
        <p className="mt-1.5 text-small text-ink-faint">{MODE_WORDS[mode].line}</p>
      </div>
      {mode === "custom" && (
        <fieldset className="flex flex-col gap-2.5 rounded-card border border-line bg-card px-3 py-3">
          <legend className="sr-only">Each permission</legend>
          {CAPABILITIES.map((capability) => (
            <Switch key={capability} label={CAPABILITY_WORDS[capability].title} hint={CAPABILITY_WORDS[capability].line} isOn={capabilities.includes(capability)} onChange={(isOn) => grant(capability, isOn)} />
          ))}
        </fieldset>
      )}
      <Switch
        label="Production server"
        hint="People depend on it: its workspace gets a red frame, and its name is asked for before anything goes for good."
        isOn={form.production}
        onChange={(production) => set({ production })}
      />
    </>
  );
}
