// What a machine said or was told, in its own type: a command, an output, and the facts beside them; each can be copied.
import { visibleLines, visibleText } from "../lib/visibleText";
import { classes } from "../lib/classes";
import { CopyButton } from "./CopyButton";

const MOST_CHARS = 200_000;

/** A command or a list of paths under its heading, a few lines of it in sight. */
export function CommandBlock({ title, text, copyLabel }: { title: string; text: string; copyLabel: string }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-small font-medium text-ink-soft">{title}</h3>
      <div className="flex items-start gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
        <pre className="max-h-32 min-w-0 grow overflow-auto py-1 text-mono break-all whitespace-pre-wrap" tabIndex={0} role="group" aria-label={title}>
          <bdi>{visibleLines(text, 4000)}</bdi>
        </pre>
        <CopyButton label={copyLabel} text={text} />
      </div>
    </section>
  );
}

/** An output in a box of its own; `copied` where what is shown stands for something else. */
export function OutputBlock({ label, text, copied = text, className = "h-56" }: { label: string; text: string; copied?: string; className?: string }) {
  return (
    <div className={classes("relative mt-2", className)}>
      <pre tabIndex={0} role="group" aria-label={label} className="h-full overflow-auto rounded-control border border-line bg-sunken p-3 pr-11 text-mono">
        <bdi>{visibleLines(text, MOST_CHARS)}</bdi>
      </pre>
      <div className="absolute top-1 right-3">
        <CopyButton label={`Copy ${label === "JSON" ? label : label.toLowerCase()}`} text={copied} />
      </div>
    </div>
  );
}

/** Terms with a word or a figure each, side by side. */
export function FactList({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {facts.map(([term, text]) => (
        <div key={term} className="min-w-0">
          <dt className="text-small text-ink-faint">{term}</dt>
          <dd className="figures font-medium [overflow-wrap:anywhere]">{visibleText(text, 200)}</dd>
        </div>
      ))}
    </dl>
  );
}
