// The clock of the taskbar, in the reader's own zone; it ticks with the minute and says the full date on hover.
import { usePreferences } from "../api/preferences";
import { useNow } from "../kit/useNow";

export function Clock() {
  const nowMs = useNow(1000);
  const clock24h = usePreferences((preferences) => preferences.clock24h);
  const now = new Date(nowMs);
  const time = now.toLocaleTimeString("en-GB", { hour: clock24h ? "2-digit" : "numeric", minute: "2-digit", hour12: !clock24h });
  const date = now.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const full = now.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return (
    <time dateTime={now.toISOString().slice(0, 16)} title={full} className="figures shrink-0 px-2 text-right max-wide:hidden">
      <span className="block text-small font-medium">{time}</span>
      <span className="block text-caption leading-3.5 text-ink-soft">{date}</span>
    </time>
  );
}
