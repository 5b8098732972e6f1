// One entry of the palette: its icon, its title with the letters that were found, and the colour of its server.
import { CornerDownLeft, Server as ServerGlyph, Zap } from "lucide-react";
import { describeConnection } from "../../api/connectionWords";
import type { Server } from "../../api/types";
import { findApp } from "../../apps/index";
import { StatusMark } from "../../kit/StatusMark";
import { classes } from "../../lib/classes";
import type { PaletteEntry } from "./paletteSearch";

export interface PaletteRowProps {
  id: string;
  entry: PaletteEntry;
  marks: ReadonlySet<number>;
  server: Server | null;
  isChosen: boolean;
  onRun: () => void;
}

export function PaletteRow({ id, entry, marks, server, isChosen, onRun }: PaletteRowProps) {
  const app = entry.appId === null ? null : findApp(entry.appId);
  return (
    <li
      id={id}
      role="option"
      aria-selected={isChosen}
      data-color={server?.color}
      onClick={onRun}
      onKeyDown={(event) => event.key === "Enter" && onRun()}
      className={classes("flex h-11 items-center gap-3 rounded-control px-2", isChosen ? "bg-hover" : "hover:bg-hover")}
    >
      {app === null ? (
        <span className="grid size-7 shrink-0 place-items-center rounded-control bg-sunken text-ink-soft">
          {entry.kind === "server" ? <ServerGlyph size={16} strokeWidth={1.75} aria-hidden="true" /> : <Zap size={16} strokeWidth={1.75} aria-hidden="true" />}
        </span>
      ) : (
        <app.Icon size={28} />
      )}
      {server !== null && <span className="h-7 w-1 shrink-0 rounded-full bg-identity" />}
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">
          <Marked text={entry.title} marks={marks} />
        </span>
        <span className="block truncate text-small leading-4 text-ink-faint">{entry.detail}</span>
      </span>
      {entry.kind === "server" && server !== null && <StatusMark mark={describeConnection(server.state).mark} />}
      {isChosen && <CornerDownLeft size={15} strokeWidth={1.75} className="shrink-0 text-ink-faint max-wide:hidden" aria-hidden="true" />}
    </li>
  );
}

function Marked({ text, marks }: { text: string; marks: ReadonlySet<number> }) {
  if (marks.size === 0) return text;
  const runs: { text: string; isMarked: boolean; at: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const isMarked = marks.has(at);
    const last = runs.at(-1);
    if (last === undefined || last.isMarked !== isMarked) runs.push({ text: text.charAt(at), isMarked, at });
    else last.text += text.charAt(at);
  }
  return runs.map((run) =>
    run.isMarked ? (
      <mark key={run.at} className="bg-transparent font-semibold text-accent-ink">
        {run.text}
      </mark>
    ) : (
      <span key={run.at}>{run.text}</span>
    ),
  );
}
