// A part of a section: its name, a line that says what it is about, and its controls.
import { useId, type ReactNode } from "react";

export function Part({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line py-5 first:border-t-0 first:pt-3">
      <h4 id={id} className="text-title font-semibold">
        {title}
      </h4>
      {lead !== undefined && <p className="mt-0.5 text-ink-soft">{lead}</p>}
      <div className="mt-3 flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  );
}
