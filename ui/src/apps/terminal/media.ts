// What of the screen and the theme decides how terminals are shown.
import { useSyncExternalStore } from "react";
import { usePreferences } from "../../api/preferences";

const PHONE = "(max-width: 639.9px)";
const DARK = "(prefers-color-scheme: dark)";

/** True on screens that show one app at a time; the same edge as the `wide` breakpoint. */
export function useIsPhone(): boolean {
  return useMedia(PHONE);
}

/** Whether the desktop is dark at the moment. */
export function useIsDark(): boolean {
  const theme = usePreferences((preferences) => preferences.theme);
  const isSystemDark = useMedia(DARK);
  return theme === "auto" ? isSystemDark : theme === "dark";
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", notify);
      return () => media.removeEventListener("change", notify);
    },
    () => window.matchMedia(query).matches,
  );
}
