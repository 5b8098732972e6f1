// What the search of the start menu found; the focus stays in the search box, the chosen entry is announced from there.
import { CornerDownLeft, Server as ServerGlyph, Zap } from "lucide-react";
import { useEffect } from "react";
import { findApp } from "../apps/index";
import { classes } from "../lib/classes";
import type { StartEntry } from "./startSearch";

export interface StartResultsProps {
  id: string;
  found: readonly StartEntry[];
  isSearching: boolean;
  chosen: number;
  onRun: (entry: StartEntry) => void;
}

export function StartResults({ id, found, isSearching, chosen, onRun }: StartResultsProps) {
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen]);
  return (
    <>
      <p role="status" className={isSearching && found.length === 0 ? "px-5 py-8 text-center text-ink-faint" : "sr-only"}>
        {isSearching && (found.length === 0 ? "Nothing is called that. Try the name of an app or a server." : `${found.length} found`)}
      </p>
      <ul id={id} role="listbox" aria-label="Found" hidden={!isSearching || found.length === 0} className="max-h-full overflow-y-auto px-2 pb-2">
        {found.map((entry, index) => (
          <li
            key={entry.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => onRun(entry)}
            onKeyDown={(event) => event.key === "Enter" && onRun(entry)}
            className={classes("flex h-11 items-center gap-3 rounded-control px-2", index === chosen ? "bg-hover" : "hover:bg-hover")}
          >
            <EntryIcon entry={entry} />
            <span className="min-w-0 grow">
              <span className="block truncate font-medium">{entry.title}</span>
              <span className="block truncate text-small leading-4 text-ink-faint">{entry.detail}</span>
            </span>
            {index === chosen && <CornerDownLeft size={15} strokeWidth={1.75} className="text-ink-faint" aria-hidden="true" />}
          </li>
        ))}
      </ul>
    </>
  );
}

function EntryIcon({ entry }: { entry: StartEntry }) {
  const app = entry.kind === "app" ? findApp(entry.id.slice("app-".length)) : null;
  if (app !== null) return <app.Icon size={28} />;
  const Glyph = entry.kind === "server" ? ServerGlyph : Zap;
  return (
    <span className="grid size-7 shrink-0 place-items-center rounded-control bg-sunken text-ink-soft">
      <Glyph size={16} strokeWidth={1.75} aria-hidden="true" />
    </span>
  );
}
