// A part of the settings: its name at the left, its controls at the right; below each other where there is no room.
import { useId, type ReactNode } from "react";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-x-6 gap-y-3 border-t border-line py-5 first:border-t-0 first:pt-2 wide:grid-cols-[128px_minmax(0,1fr)]">
      <h3 id={id} className="font-semibold">
        {title}
      </h3>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  );
}

/** A choice with a line below it that says what it means. */
export function Explained({ children, words }: { children: ReactNode; words: ReactNode }) {
  return (
    <div>
      {children}
      <p className="mt-1 text-small text-ink-faint">{words}</p>
    </div>
  );
}
