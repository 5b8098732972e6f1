// Says that the program itself is gone; it disappears by itself when the program is back.
import { PlugZap } from "lucide-react";

export function OfflineBanner() {
  return (
    <div role="alert" className="absolute inset-x-0 top-3 z-50 mx-auto flex w-fit max-w-[calc(100%-24px)] animate-fade items-center gap-3 rounded-card bg-popover px-4 py-2.5 shadow-popover">
      <PlugZap size={18} strokeWidth={1.75} className="shrink-0 text-bad" aria-hidden="true" />
      <div>
        <p className="font-semibold text-bad">HeadlessOS is not running</p>
        <p className="text-small text-ink-soft">Start it again. Servers are not affected, and this page reconnects by itself.</p>
      </div>
    </div>
  );
}
