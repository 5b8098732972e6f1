// One thing that was done: when, what for, the command and how it went; opened, all that is known of it.
import { Cable, ChevronRight, FilePen, Plug, SquareTerminal, Terminal, type LucideIcon } from "lucide-react";
import type { ActivityEntry } from "../../api/types";
import { CommandBlock, FactList } from "../../kit/MachineText";
import { formatBytes } from "../../lib/bytes";
import { classes } from "../../lib/classes";
import { formatClock, formatExact, formatMilliseconds, formatSpan } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import { askerWords, outcomeOf, titleOf, type Tone } from "../../api/activityWords";

const GLYPHS: Record<ActivityEntry["deed"], LucideIcon> = {
  connection: Plug,
  command: Terminal,
  fileChange: FilePen,
  terminal: SquareTerminal,
  forwardedPort: Cable,
};
const TONES: Record<Tone, string> = { good: "text-ink-faint", bad: "text-bad", running: "text-accent-ink", quiet: "text-ink-soft" };

export interface EntryRowProps {
  entry: ActivityEntry;
  /** Null where all are of one server. */
  serverName: string | null;
  isOpen: boolean;
  onToggle: () => void;
}

export function EntryRow({ entry, serverName, isOpen, onToggle }: EntryRowProps) {
  const Glyph = GLYPHS[entry.deed];
  const { word, tone } = outcomeOf(entry);
  const isChange = !entry.capability.endsWith(".read") || entry.deed === "fileChange";
  return (
    <li className="border-b border-line last:border-b-0">
      <button type="button" aria-expanded={isOpen} onClick={onToggle} className="flex w-full items-center gap-3 px-4 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2 max-wide:py-2.5">
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden="true" className={classes("shrink-0 text-ink-faint transition-transform duration-120", isOpen && "rotate-90")} />
        <span className="figures w-16 shrink-0 text-small text-ink-faint">{formatClock(entry.at, true)}</span>
        <Glyph size={16} strokeWidth={1.75} aria-hidden="true" className={classes("shrink-0", isChange ? "text-accent-ink" : "text-ink-faint")} />
        <span className="flex min-w-0 grow items-baseline gap-x-3 @max-medium:flex-col">
          <span className={classes("shrink-0 @max-medium:max-w-full @max-medium:truncate", isChange && "font-medium")}>
            {titleOf(visibleText(entry.what, 120))}
            {serverName !== null && <bdi className="ml-2 text-small font-normal text-ink-faint">{visibleText(serverName, 60)}</bdi>}
          </span>
          <bdi className="min-w-0 grow truncate font-mono text-mono text-ink-soft @max-medium:max-w-full">{visibleText(entry.command.replace(/\s*\n\s*/g, " "), 300)}</bdi>
        </span>
        <span className={classes("shrink-0 text-right text-small", TONES[tone])}>
          {word}
          {entry.durationMs !== null && <span className="figures block text-caption text-ink-faint">{took(entry.durationMs)}</span>}
        </span>
      </button>
      {isOpen && (
        <div className="flex flex-col gap-3 bg-window px-4 pt-1 pb-4 pl-11 max-wide:pl-4">
          <CommandBlock title={entry.deed === "command" ? "Command" : "What was done"} text={entry.command} copyLabel="Copy the command" />
          <FactList facts={factsOf(entry, word)} />
          <p className="font-mono text-caption break-all text-ink-faint" title="Covers this line of the journal and all before it">
            Line {entry.id}, hash {entry.hash}
          </p>
        </div>
      )}
    </li>
  );
}

function took(ms: number): string {
  return ms < 60_000 ? formatMilliseconds(ms) : formatSpan(ms / 1000);
}

function factsOf(entry: ActivityEntry, word: string): (readonly [string, string])[] {
  const facts: [string, string][] = [
    ["Began", formatExact(entry.at)],
    ["Asked for", askerWords(entry.asker)],
    ["Allowed by", entry.capability],
    ["Purpose", entry.what],
  ];
  if (entry.tool !== "") facts.push(["Tool", entry.tool]);
  facts.push(["Outcome", word]);
  if (entry.exitCode !== null) facts.push(["Exit code", String(entry.exitCode)]);
  if (entry.durationMs !== null) facts.push(["Took", took(entry.durationMs)]);
  if (entry.bytes !== null) facts.push([entry.deed === "fileChange" ? "Carried" : "Brought", formatBytes(entry.bytes)]);
  return facts;
}
