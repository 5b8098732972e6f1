// Whether the screen shows one app at a time; the same edge as the `wide` breakpoint.
import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 639.9px)";

export function useIsPhone(): boolean {
  return useSyncExternalStore(
    (notify) => {
      const media = window.matchMedia(PHONE);
      media.addEventListener("change", notify);
      return () => media.removeEventListener("change", notify);
    },
    () => window.matchMedia(PHONE).matches,
  );
}
