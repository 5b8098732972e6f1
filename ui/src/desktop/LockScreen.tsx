// What a locked page shows: nothing of the desktop, and how its person gets back in.
import { Lock } from "lucide-react";
import { useEffect, useRef } from "react";
import { CopyButton } from "../kit/CopyButton";

const COMMAND = "headlessos unlock";

export function LockScreen() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = "Locked – HeadlessOS";
    // What had the focus is gone.
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <main aria-label="Locked" className="wallpaper grid h-full place-items-center p-4">
      <div className="flex w-full max-w-105 animate-fade flex-col items-center rounded-window bg-popover px-8 py-7 text-center shadow-window max-wide:px-5">
        <span className="mb-3 grid size-12 place-items-center rounded-full bg-accent-ground text-accent-ink">
          <Lock size={22} strokeWidth={1.75} aria-hidden="true" />
        </span>
        <h1 ref={heading} tabIndex={-1} className="text-heading font-semibold outline-none">
          HeadlessOS is locked
        </h1>
        <p className="mt-1 text-balance text-ink-soft">Your windows, terminals and transfers are as you left them. To go on, run this on this computer, as the user who started HeadlessOS:</p>
        <div className="mt-4 flex w-full items-center gap-1 rounded-card border border-line bg-card py-1 pr-1 pl-3">
          <code className="min-w-0 grow text-left text-mono">{COMMAND}</code>
          <CopyButton label="Copy the command" text={COMMAND} />
        </div>
        <p className="mt-3 text-small text-balance text-ink-faint">It opens an address in your browser, and this page is unlocked.</p>
      </div>
    </main>
  );
}
