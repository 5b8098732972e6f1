// Every app there is, in the order of the desktop; the one line to add for a new one.
import { activity } from "./activity/manifest";
import { dashboard } from "./dashboard/manifest";
import { editor } from "./editor/manifest";
import { files } from "./files/manifest";
import type { AppManifest } from "./manifest";
import { ports } from "./ports/manifest";
import { queries } from "./queries/manifest";
import { recycleBin } from "./recycle-bin/manifest";
import { servers } from "./servers/manifest";
import { settings } from "./settings/manifest";
import { terminal } from "./terminal/manifest";
import { viewer } from "./viewer/manifest";

export const APPS: readonly AppManifest[] = [dashboard, files, terminal, editor, viewer, recycleBin, ports, activity, queries, servers, settings];

/** The app of this id, null when there is none (any more). */
export function findApp(id: string): AppManifest | null {
  return APPS.find((app) => app.id === id) ?? null;
}
