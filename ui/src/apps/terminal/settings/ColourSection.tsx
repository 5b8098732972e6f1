// The colour schemes to choose from, as small pictures; more can be imported, and imported ones removed.
import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "../../../kit/IconButton";
import { visibleText } from "../../../lib/visibleText";
import { useIsDark } from "../media";
import { AUTO, asScheme, autoScheme, SCHEMES } from "../schemes/schemes";
import { ImportSchemes } from "./ImportSchemes";
import { SchemeSwatch } from "./SchemeSwatch";
import { Section } from "./Section";
import type { SectionProps } from "./TextSection";

export function ColourSection({ preferences, onChange }: SectionProps) {
  const name = useId();
  const isDark = useIsDark();
  const { scheme: chosen, schemes } = preferences;
  const isKnown = SCHEMES.some(({ id }) => id === chosen) || schemes.some(({ id }) => id === chosen);
  const swatch = (value: string) => ({ group: name, value, isChosen: isKnown ? chosen === value : value === AUTO, onChoose: () => onChange({ scheme: value }) });

  const remove = (id: string) => {
    onChange({ schemes: schemes.filter((each) => each.id !== id), ...(chosen === id ? { scheme: AUTO } : {}) });
  };
  return (
    <Section title="Colours">
      <fieldset className="min-w-0">
        <legend className="mb-1 text-small font-medium text-ink-soft">Scheme</legend>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(128px,1fr))] gap-2">
          <SchemeSwatch {...swatch(AUTO)} scheme={autoScheme(isDark)} other={autoScheme(!isDark)} label="Like the desktop" />
          {SCHEMES.map((scheme) => (
            <SchemeSwatch key={scheme.id} {...swatch(scheme.id)} scheme={scheme} label={scheme.name} />
          ))}
          {schemes.map((scheme) => (
            <div key={scheme.id} className="relative min-w-0">
              <SchemeSwatch {...swatch(scheme.id)} scheme={asScheme(scheme)} label={scheme.name} hasRoom />
              <IconButton
                label={`Remove scheme ${visibleText(scheme.name, 80)}`}
                icon={<X size={14} strokeWidth={2} />}
                className="absolute! right-0.5 bottom-0.5 size-6! max-wide:size-9!"
                onClick={() => remove(scheme.id)}
              />
            </div>
          ))}
        </div>
      </fieldset>
      <ImportSchemes kept={schemes} onImport={onChange} />
    </Section>
  );
}
