// When a lost connection is tried again, in seconds; read out only when asked for, since it ticks.
import { useNow } from "./useNow";

/** `retryAt` is RFC 3339. */
export function Countdown({ retryAt, className = "" }: { retryAt: string; className?: string }) {
  const nowMs = useNow(1000);
  const seconds = Math.max(0, Math.ceil((Date.parse(retryAt) - nowMs) / 1000));
  return (
    <span role="timer" className={`figures ${className}`}>
      {seconds > 0 ? `Reconnecting in ${seconds} s` : "Reconnecting"}
    </span>
  );
}
