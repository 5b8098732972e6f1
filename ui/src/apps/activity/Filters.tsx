// What of the journal is looked at, and what can be done with it.
import { Ellipsis, FileTerminal, ListChecks, Search, Shield } from "lucide-react";
import { useId } from "react";
import type { ActivityEntry } from "../../api/types";
import { Menu, MenuItem, MenuSeparator } from "../../kit/Menu";
import { MenuHeading } from "../../kit/MenuChoices";
import { classes } from "../../lib/classes";

export type Kind = "all" | "changes" | Exclude<ActivityEntry["deed"], "connection" | "command">;

export interface Narrowed {
  words: string;
  kind: Kind;
  scope: "this" | "all";
  /** Days as a date field gives them; empty: none. */
  from: string;
  to: string;
}

const KINDS: readonly { value: Kind; label: string }[] = [
  { value: "all", label: "Everything" },
  { value: "changes", label: "Changes" },
  { value: "fileChange", label: "Files" },
  { value: "terminal", label: "Terminals" },
  { value: "forwardedPort", label: "Ports" },
];
const ICON = { size: 15, strokeWidth: 1.75 };
const CONTROL = "h-7 rounded-control border border-control-line bg-card px-2 text-ink focus-visible:outline-offset-0 max-wide:h-11";

export interface FiltersProps {
  serverName: string;
  narrowed: Narrowed;
  onChange: (narrowed: Narrowed) => void;
  linesUrl: string;
  scriptUrl: string;
  onVerify: () => void;
}

export function Filters({ serverName, narrowed, onChange, linesUrl, scriptUrl, onVerify }: FiltersProps) {
  const id = useId();
  const change = (part: Partial<Narrowed>) => onChange({ ...narrowed, ...part });
  return (
    <div role="toolbar" aria-label="Activity" className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <div className="relative min-w-36 grow basis-36">
        <Search size={14} strokeWidth={1.75} className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-faint" aria-hidden="true" />
        <input
          value={narrowed.words}
          aria-label="Search what was done"
          placeholder="Search commands, paths, ports"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ words: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || narrowed.words === "") return;
            event.stopPropagation();
            change({ words: "" });
          }}
          className={`${CONTROL} w-full pl-7 placeholder:text-ink-faint`}
        />
      </div>
      <div className="flex items-center gap-2">
        <select aria-label="Which servers" value={narrowed.scope} onChange={(event) => change({ scope: event.target.value === "all" ? "all" : "this" })} className={`${CONTROL} max-w-48`}>
          <option value="this">{serverName}</option>
          <option value="all">All servers</option>
        </select>
        <Menu
          align="end"
          trigger={
            <button type="button" aria-label="More about the journal" className="grid size-7 shrink-0 place-items-center rounded-control text-ink-soft hover:bg-hover data-popup-open:bg-pressed max-wide:size-11">
              <Ellipsis size={16} strokeWidth={1.75} />
            </button>
          }
        >
          <MenuItem icon={<Shield {...ICON} />} onSelect={onVerify}>
            Check the journal
          </MenuItem>
          <MenuSeparator />
          <MenuHeading>Export</MenuHeading>
          <MenuItem icon={<FileTerminal {...ICON} />} onSelect={() => save(scriptUrl, "headlessos-activity.sh")}>
            What is found, as a shell script
          </MenuItem>
          <MenuItem icon={<ListChecks {...ICON} />} onSelect={() => save(linesUrl, "headlessos-activity.jsonl")}>
            The whole journal (JSON Lines)
          </MenuItem>
        </Menu>
      </div>
      <fieldset className="flex max-w-full min-w-0 gap-0.5 overflow-x-auto rounded-control bg-sunken p-0.5">
        <legend className="sr-only">Kind</legend>
        {KINDS.map(({ value, label }) => (
          <label
            key={value}
            className={classes(
              "relative flex h-6.5 items-center rounded-[5px] px-2.5 whitespace-nowrap select-none max-wide:h-11 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent-ink",
              value === narrowed.kind ? "bg-card font-medium text-ink shadow-window-back" : "text-ink-soft hover:text-ink",
            )}
          >
            <input type="radio" name={id} value={value} checked={value === narrowed.kind} onChange={() => change({ kind: value })} className="absolute inset-0 opacity-0" />
            {label}
          </label>
        ))}
      </fieldset>
      <div className="flex items-center gap-1.5 text-small text-ink-soft">
        <label htmlFor={`${id}from`}>From</label>
        <input id={`${id}from`} type="date" value={narrowed.from} max={narrowed.to === "" ? undefined : narrowed.to} onChange={(event) => change({ from: event.target.value })} className={CONTROL} />
        <label htmlFor={`${id}to`}>to</label>
        <input id={`${id}to`} type="date" value={narrowed.to} min={narrowed.from === "" ? undefined : narrowed.from} onChange={(event) => change({ to: event.target.value })} className={CONTROL} />
      </div>
    </div>
  );
}

/** The browser's own download, so that the file never lies in the page's memory. */
function save(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
