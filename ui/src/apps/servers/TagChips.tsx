// The tags of all servers as switches: the list shows the servers that have every tag that is on.
import { X } from "lucide-react";
import type { Server } from "../../api/types";
import { classes } from "../../lib/classes";
import { visibleText } from "../../lib/visibleText";
import { tagsOf } from "./rows";
import { clearFilter, toggleTag, useView } from "./view";

const MOST_SHOWN = 30;

export function TagChips({ servers }: { servers: readonly Server[] }) {
  const chosen = useView((view) => view.tags);
  const all = tagsOf(servers);
  if (all.length === 0 && chosen.size === 0) return null;
  // One that is on stays in sight, also when its last server is gone.
  const shown = [...[...chosen].filter((tag) => !all.some((each) => each.tag === tag)).map((tag) => ({ tag, count: 0 })), ...all.filter(({ tag }, index) => index < MOST_SHOWN || chosen.has(tag))];
  return (
    <div role="group" aria-label="Tags" className="flex shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line px-3 py-1.5 [scrollbar-width:none]">
      {shown.map(({ tag, count }) => {
        const isOn = chosen.has(tag);
        return (
          <button
            key={tag}
            type="button"
            aria-pressed={isOn}
            onClick={() => toggleTag(tag)}
            className={classes(
              "flex h-6 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-small transition-colors duration-120 max-wide:h-11",
              isOn ? "border-accent-ink bg-accent-ground font-medium text-accent-ink" : "border-line-strong bg-card text-ink-soft hover:bg-hover hover:text-ink",
            )}
          >
            {visibleText(tag, 40)}
            <span className={classes("figures", isOn ? "text-accent-ink" : "text-ink-faint")}>{count}</span>
          </button>
        );
      })}
      {chosen.size > 0 && (
        <button type="button" onClick={clearFilter} className="flex h-6 shrink-0 items-center gap-1 rounded-full px-2 text-small text-ink-soft hover:bg-hover max-wide:h-11">
          <X size={13} strokeWidth={1.75} aria-hidden="true" />
          Clear
        </button>
      )}
    </div>
  );
}
