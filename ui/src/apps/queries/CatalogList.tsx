// The queries and feeds by domain, with a filter; arrow keys go through them.
import { Radio, Search } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
import type { CatalogFeed, CatalogQuery } from "../../api/catalog";
import { classes } from "../../lib/classes";
import { groupBy } from "../../lib/groups";

export interface CatalogListProps {
  catalog: { queries: readonly CatalogQuery[]; feeds: readonly CatalogFeed[] };
  chosenId: string | null;
  onChoose: (id: string) => void;
}

/** Words that stand for a domain where its first letter alone would not do. */
const DOMAIN_WORDS: Record<string, string> = { docker: "Docker", ssh: "SSH" };

export function CatalogList({ catalog, chosenId, onChoose }: CatalogListProps) {
  const [filter, setFilter] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const queries = [...catalog.queries, ...catalog.feeds].toSorted((a, b) => a.id.localeCompare(b.id));
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = queries.filter((query) => {
    const text = `${query.id} ${query.title} ${query.variants.map((variant) => variant.name).join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const domains = groupBy(found, (query) => query.id.slice(0, query.id.indexOf(".")));

  const onKey = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>("[data-query]") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    const isInField = event.target === field.current;
    if (event.key === "/" && !isInField) field.current?.focus();
    else if (event.key === "Escape" && filter !== "") setFilter("");
    else if (event.key === "Enter" && isInField && found[0] !== undefined) onChoose(found[0].id);
    else if (to === undefined || (isInField && event.key !== "ArrowDown")) return;
    else if (to < 0) field.current?.focus();
    else buttons[to]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <nav aria-label="Queries" className="flex h-full w-65 shrink-0 flex-col max-wide:w-full" onKeyDown={onKey}>
      <div className="relative m-2 shrink-0">
        <Search size={15} strokeWidth={1.75} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" aria-hidden="true" />
        <input
          ref={field}
          type="search"
          aria-label="Filter queries"
          placeholder="Filter queries"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="h-8 w-full rounded-control border border-control-line bg-card pr-2 pl-8 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11"
        />
      </div>
      <div ref={list} tabIndex={-1} className="min-h-0 grow overflow-y-auto px-2 pb-2">
        {found.length === 0 && <p className="px-2 py-6 text-center text-ink-faint">No query has these words.</p>}
        {[...domains].map(([domain, members]) => (
          <div key={domain} role="group" aria-label={domainWord(domain)} className="mb-2">
            <h3 className="px-2 pt-2 pb-1 text-caption font-semibold text-ink-faint">{domainWord(domain)}</h3>
            <ul>
              {members.map((query) => (
                <li key={query.id}>
                  <button
                    type="button"
                    data-query={query.id}
                    aria-current={query.id === chosenId ? "true" : undefined}
                    onClick={() => onChoose(query.id)}
                    className={classes(
                      "flex w-full min-w-0 flex-col rounded-control px-2 py-1 text-left focus-visible:-outline-offset-2 max-wide:min-h-11 max-wide:justify-center",
                      query.id === chosenId ? "bg-accent-ground" : "hover:bg-hover",
                    )}
                  >
                    <span className="flex max-w-full items-center gap-1.5">
                      <span className="truncate">{query.title}</span>
                      {"recordSchema" in query && <Radio size={13} strokeWidth={1.75} className="shrink-0 text-ink-faint" aria-label="followed live" />}
                    </span>
                    <span className="max-w-full truncate font-mono text-caption text-ink-faint">{query.id}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <p className="figures flex h-6 shrink-0 items-center border-t border-line px-3 text-small text-ink-faint">
        {found.length === queries.length ? `${queries.length} queries and feeds` : `${found.length} of ${queries.length}`}
      </p>
    </nav>
  );
}

function domainWord(domain: string): string {
  return DOMAIN_WORDS[domain] ?? domain.slice(0, 1).toUpperCase() + domain.slice(1);
}
