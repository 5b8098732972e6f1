// When a lost connection is tried again, in seconds; read out only when asked for, since it ticks.
import { useNow } from "./useNow";

export interface CountdownProps {
  /** RFC 3339. */
  retryAt: string;
  /** The classes of the words before the seconds, to hide them from sight where there is little room. */
  wordsClassName?: string;
}

export function Countdown({ retryAt, wordsClassName = "" }: CountdownProps) {
  const nowMs = useNow(1000);
  const seconds = Math.max(0, Math.ceil((Date.parse(retryAt) - nowMs) / 1000));
  return (
    <span role="timer" className="figures whitespace-nowrap">
      <span className={wordsClassName}>{seconds > 0 ? "Reconnecting in " : "Reconnecting"}</span>
      {seconds > 0 && `${seconds} s`}
    </span>
  );
}
