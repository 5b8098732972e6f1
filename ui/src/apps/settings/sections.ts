// Every section of the settings, in their order; the one line to add for a new one.
import { Bot, type LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import { ModelSection } from "./model/ModelSection";

export interface SettingsSection {
  id: string;
  title: string;
  icon: LucideIcon;
  Component: ComponentType;
}

export const FIRST: SettingsSection = { id: "model", title: "Language model", icon: Bot, Component: ModelSection };
export const SECTIONS: readonly SettingsSection[] = [FIRST];
