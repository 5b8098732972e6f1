// What is in the palette: the box that is typed into, and the list of what it finds; the focus stays in the box.
import { Search } from "lucide-react";
import { useEffect, useEffectEvent, useId, useMemo, useState, type KeyboardEvent, type RefObject } from "react";
import type { Server } from "../../api/types";
import { plural } from "../../lib/numbers";
import { useWorkspaces } from "../workspaces";
import { paletteEntries } from "./paletteEntries";
import { PaletteRow } from "./PaletteRow";
import { searchPalette, type PaletteEntry } from "./paletteSearch";

const PAGE = 8;

export interface PalettePanelProps {
  servers: readonly Server[];
  active: Server;
  input: RefObject<HTMLInputElement | null>;
  onOpen: () => void;
  onRun: (entry: PaletteEntry) => void;
  onClose: () => void;
}

export function PalettePanel({ servers, active, input, onOpen, onRun, onClose }: PalettePanelProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const opened = useWorkspaces((state) => state.opened);
  const entries = useMemo(() => paletteEntries(servers, active, opened), [servers, active, opened]);
  const found = useMemo(() => searchPalette(entries, text), [entries, text]);
  const at = Math.min(chosen, Math.max(0, found.length - 1));

  const opens = useEffectEvent(onOpen);
  useEffect(() => opens(), []);
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [listId, at]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const count = found.length;
    const to = { ArrowDown: (at + 1) % Math.max(1, count), ArrowUp: (at - 1 + count) % Math.max(1, count), PageDown: Math.min(at + PAGE, count - 1), PageUp: Math.max(at - PAGE, 0) }[event.key];
    const entry = found[at]?.entry;
    const isToggle = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (to !== undefined && !event.ctrlKey && !event.altKey) setChosen(Math.max(0, to));
    else if (event.key === "Enter" && entry !== undefined) onRun(entry);
    else if (isToggle || (event.code === "KeyP" && event.ctrlKey && event.altKey)) onClose();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <label className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-4 has-focus-visible:border-accent-ink">
        <Search size={17} strokeWidth={1.75} className="text-ink-faint" aria-hidden="true" />
        <input
          ref={input}
          role="combobox"
          aria-label="Search servers, apps and actions"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Server, app, “terminal web1”, action"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 grow bg-transparent text-title outline-none placeholder:text-ink-faint"
        />
      </label>
      <p role="status" className={found.length === 0 ? "px-5 py-10 text-center text-ink-faint" : "sr-only"}>
        {found.length === 0 ? "Nothing fits. A few letters of a server, an app or an action are enough." : plural(found.length, "entry", "entries")}
      </p>
      <ul id={listId} role="listbox" aria-label="Found" hidden={found.length === 0} className="min-h-0 grow overflow-y-auto p-2">
        {found.map(({ entry, marks }, index) => (
          <PaletteRow key={entry.id} id={`${listId}-${index}`} entry={entry} marks={marks} server={servers.find((each) => each.id === entry.serverId) ?? null} isChosen={index === at} onRun={() => onRun(entry)} />
        ))}
      </ul>
      <p aria-hidden="true" className="flex shrink-0 gap-4 border-t border-line bg-window px-4 py-1.5 text-caption text-ink-faint max-wide:hidden">
        <span>↑ ↓ choose</span>
        <span>Enter run</span>
        <span>Esc close</span>
      </p>
    </>
  );
}
