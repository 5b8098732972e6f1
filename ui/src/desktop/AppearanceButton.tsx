// The appearance in reach: theme, accent and clock, applied at once.
import { Monitor, Moon, Sun } from "lucide-react";
import { changePreferences, usePreferences } from "../api/preferences";
import { COLORS, type Preferences, type Theme } from "../api/types";
import { ChoiceGroup, type Choice } from "../kit/ChoiceGroup";
import { ColorChoice } from "../kit/ColorChoice";
import { Popover } from "../kit/Popover";
import { TaskbarButton } from "./TaskbarButton";

const ICON = { size: 15, strokeWidth: 1.75 };
const THEMES: readonly Choice<Theme>[] = [
  { value: "light", label: "Light", icon: <Sun {...ICON} /> },
  { value: "dark", label: "Dark", icon: <Moon {...ICON} /> },
  { value: "auto", label: "Auto", icon: <Monitor {...ICON} /> },
];
const CLOCKS: readonly Choice<"24" | "12">[] = [
  { value: "24", label: "24 hours" },
  { value: "12", label: "am / pm" },
];
const GLYPHS = { light: Sun, dark: Moon, auto: Monitor };

export function AppearanceButton() {
  const { theme, accent, clock24h } = usePreferences();
  const Glyph = GLYPHS[theme];
  const change = (changed: Partial<Preferences>) => void changePreferences(changed).catch(() => undefined);
  return (
    <Popover
      label="Appearance"
      side="top"
      align="end"
      className="flex w-72 flex-col gap-4 p-4"
      trigger={<TaskbarButton label="Appearance" icon={<Glyph size={18} strokeWidth={1.75} className="text-ink-soft" />} />}
    >
      <ChoiceGroup legend="Theme" choices={THEMES} value={theme} onChange={(next) => change({ theme: next })} />
      <ColorChoice legend="Accent" palette="accent" colors={COLORS} value={accent} onChange={(next) => change({ accent: next })} />
      <ChoiceGroup legend="Clock" choices={CLOCKS} value={clock24h ? "24" : "12"} onChange={(next) => change({ clock24h: next === "24" })} />
    </Popover>
  );
}
