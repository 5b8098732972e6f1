// When a lost connection is tried again, in seconds.
import { useNow } from "../../kit/useNow";

export function Countdown({ retryAt }: { retryAt: string }) {
  const nowMs = useNow(1000);
  const seconds = Math.max(0, Math.ceil((Date.parse(retryAt) - nowMs) / 1000));
  return <span className="figures">{seconds === 0 ? "trying now" : `next try in ${seconds} s`}</span>;
}
