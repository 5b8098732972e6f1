// Every section of the settings, in their order; the one line to add for a new one.
import { Bot, ClipboardList, Info, KeyRound, ShieldCheck, type LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import { later } from "../../kit/later";
import { ActivitySection } from "./ActivitySection";
import { ModelSection } from "./model/ModelSection";
import { SecuritySection } from "./security/SecuritySection";
import { SshSection } from "./SshSection";

export interface SettingsSection {
  id: string;
  title: string;
  icon: LucideIcon;
  Component: ComponentType;
}

export const FIRST: SettingsSection = { id: "model", title: "Language model", icon: Bot, Component: ModelSection };
const AboutSection = later<object>(async () => (await import("./about/AboutSection")).AboutSection);
export const SECTIONS: readonly SettingsSection[] = [
  FIRST,
  { id: "ssh", title: "SSH", icon: KeyRound, Component: SshSection },
  { id: "security", title: "Security", icon: ShieldCheck, Component: SecuritySection },
  { id: "activity", title: "Activity", icon: ClipboardList, Component: ActivitySection },
  { id: "about", title: "About", icon: Info, Component: AboutSection },
];
