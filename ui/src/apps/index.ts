// Every app there is, in the order of the desktop; the one line to add for a new one.
import { dashboard } from "./dashboard/manifest";
import type { AppManifest } from "./manifest";
import { servers } from "./servers/manifest";

export const APPS: readonly AppManifest[] = [dashboard, servers];

/** The app of this id, null when there is none (any more). */
export function findApp(id: string): AppManifest | null {
  return APPS.find((app) => app.id === id) ?? null;
}
