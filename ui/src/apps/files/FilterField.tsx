// The box that filters what is shown as one types, and on Enter searches the folders below.
import { Search, X } from "lucide-react";
import type { RefObject } from "react";
import { IconButton } from "../../kit/IconButton";
import { setFilter } from "./explorer";
import { startSearch, stopSearch } from "./search";
import { useSettings } from "./settings";
import type { PaneModel } from "./usePane";
import { folderName } from "./words";

export interface FilterFieldProps {
  server: string;
  pane: PaneModel;
  field: RefObject<HTMLInputElement | null>;
  onDone: () => void;
}

export function FilterField({ server, pane, field, onDone }: FilterFieldProps) {
  const { tab, path, search, filter } = pane;
  const text = filter !== "" ? filter : (search?.name ?? "");
  const look = () => {
    if (path !== null && filter.trim() !== "") void startSearch(server, tab.id, path, filter.trim(), useSettings.getState().showsHidden);
  };
  const clear = () => {
    setFilter(tab.id, "");
    stopSearch(tab.id);
  };
  return (
    <div className="relative w-56 shrink-0 @max-large:w-44 max-wide:w-auto max-wide:min-w-0 max-wide:shrink max-wide:grow">
      <Search size={14} strokeWidth={1.75} className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-faint" aria-hidden="true" />
      <input
        ref={field}
        value={text}
        aria-label="Filter, or search below with Enter"
        placeholder={`Filter ${path === null ? "" : folderName(path)}`}
        title="Filters as you type (/); Enter searches the folders below; * and ? stand for anything"
        spellCheck={false}
        onChange={(event) => {
          if (search !== null) stopSearch(tab.id);
          setFilter(tab.id, event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            look();
            onDone();
          } else if (event.key === "Escape") {
            clear();
            onDone();
          } else if (event.key === "ArrowDown") onDone();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        className="h-7 w-full truncate rounded-control border border-line-strong bg-card pr-7 pl-7 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11"
      />
      {text !== "" && (
        <IconButton label="Clear" icon={<X size={14} strokeWidth={1.75} />} onClick={clear} className="absolute top-0.5 right-0.5 wide:size-6 max-wide:top-0 max-wide:right-0" />
      )}
    </div>
  );
}
