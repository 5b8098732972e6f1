// What was copied or cut, for every window and every server of this page.
import { create } from "zustand";

export interface Clipboard {
  server: string;
  paths: readonly string[];
  isCut: boolean;
}

export const useClipboard = create<{ clipboard: Clipboard | null }>(() => ({ clipboard: null }));

/** The computer's own clipboard gets the paths, so that what it held before is not pasted in place of these. */
export function keep(server: string, paths: readonly string[], isCut: boolean): void {
  if (paths.length > 0) void navigator.clipboard?.writeText(paths.join("\n")).catch(() => undefined);
  useClipboard.setState({ clipboard: paths.length === 0 ? null : { server, paths, isCut } });
}

export function forgetClipboard(): void {
  useClipboard.setState({ clipboard: null });
}
