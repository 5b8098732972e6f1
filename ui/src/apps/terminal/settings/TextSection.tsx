// The typeface of terminals, with a sample that follows what is being typed.
import { useId, useMemo, useState } from "react";
import type { TerminalPreferences } from "../../../api/types";
import { NumberField } from "../../../kit/NumberField";
import { schemeOf } from "../schemes/schemes";
import { useIsDark } from "../media";
import { familyOf } from "../xtermSetup";
import { mistakeInFontName } from "./checks";
import { DraftField } from "./DraftField";
import { hasFont, heightOf, isMonospaced, knownFonts } from "./fonts";
import { Section } from "./Section";

export interface SectionProps {
  preferences: TerminalPreferences;
  onChange: (change: Partial<TerminalPreferences>) => void;
}

export function TextSection({ preferences, onChange }: SectionProps) {
  const list = useId();
  const fonts = useMemo(() => knownFonts(), []);
  const [draft, setDraft] = useState<string | null>(null);
  const family = draft?.trim() ?? preferences.fontFamily;
  const isUneven = family !== "" && mistakeIn(family) === null && !isMonospaced(family);
  return (
    <Section title="Text">
      <div className="grid grid-cols-2 gap-3 wide:grid-cols-[minmax(0,1fr)_120px_120px]">
        <div className="max-wide:col-span-2">
          <DraftField
            label="Font"
            placeholder="JetBrains Mono"
            hint={isUneven ? "Its characters are not equally wide, so columns will not line up." : "A font of this computer; empty: JetBrains Mono."}
            list={list}
            value={preferences.fontFamily}
            mistakeIn={mistakeIn}
            onDraft={setDraft}
            onCommit={(fontFamily) => onChange({ fontFamily })}
          />
          <datalist id={list}>
            {fonts.map((font) => (
              <option key={font}>{font}</option>
            ))}
          </datalist>
        </div>
        <NumberField label="Size" unit="px" least={8} most={32} step={1} value={preferences.fontSize} onCommit={(fontSize) => onChange({ fontSize })} />
        <NumberField label="Line height" least={1} most={2} step={0.1} value={preferences.lineHeight} onCommit={(lineHeight) => onChange({ lineHeight })} />
      </div>
      <Sample preferences={preferences} family={mistakeInFontName(family) === null ? family : preferences.fontFamily} />
    </Section>
  );
}

/** A name that could be a font's, of a font that is not there, is a mistake too. */
function mistakeIn(text: string): string | null {
  return mistakeInFontName(text) ?? (text === "" || hasFont(text) ? null : "This computer has no font of this name.");
}

function Sample({ preferences, family }: { preferences: TerminalPreferences; family: string }) {
  const { foreground, background, ansi } = schemeOf(preferences, useIsDark());
  const lineHeight = Math.floor(Math.ceil(heightOf(familyOf(family), preferences.fontSize)) * preferences.lineHeight);
  const ink = (index: number) => ({ color: ansi[index] });
  return (
    <div
      role="img"
      aria-label="How text will look"
      className="overflow-hidden rounded-card border border-line px-3 py-2 whitespace-pre [font-variant-ligatures:none]"
      style={{ color: foreground, background, fontFamily: familyOf(family), fontSize: preferences.fontSize, lineHeight: `${lineHeight}px`, fontWeight: 400 }}
    >
      <div>
        <span style={ink(2)}>root@web1</span>:<span style={ink(4)}>/etc</span># ls -l | head -2
      </div>
      <div>-rw-r--r-- 1 root 0Oo 1lI| {"{}[]()"} =&gt; !=</div>
      <div>
        drwxr-xr-x 2 root <span style={ink(6)}>nginx</span>  <span style={ink(1)}>error</span> <span style={ink(3)}>warning</span> <span style={ink(5)}>note</span>
      </div>
    </div>
  );
}
