// Media queries as values: whether the screen is as narrow as a phone.
import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 639.9px)";

/** True on screens that show one app at a time; the same edge as the `wide` breakpoint. */
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
