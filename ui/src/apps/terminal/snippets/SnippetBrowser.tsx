// The list of snippets with its search, and beside it the one that is selected; the keys work from the search field.
import { Pencil, Plus, Search, Trash2 } from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";
import type { Snippet } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { IconButton } from "../../../kit/IconButton";
import { StepFooter, useStepFocus } from "../../../kit/StepDialog";
import { plural } from "../../../lib/numbers";
import { classes } from "../../../lib/classes";
import { visibleLines, visibleText } from "../../../lib/visibleText";
import { afterKey, LONGEST_TEXT, MOST_SNIPPETS, searchSnippets } from "./snippetList";
import { variablesIn } from "./variables";

export interface SnippetBrowserProps {
  snippets: readonly Snippet[];
  selected: string | null;
  onSelect: (id: string) => void;
  onUse: (snippet: Snippet, run: boolean) => void;
  onAdd: () => void;
  onEdit: (snippet: Snippet) => void;
  onDelete: (snippet: Snippet) => void;
}

const ICON = { size: 16, strokeWidth: 1.75 } as const;

export function SnippetBrowser({ snippets, selected, onSelect, onUse, onAdd, onEdit, onDelete }: SnippetBrowserProps) {
  const listId = useId();
  const search = useStepFocus<HTMLInputElement>();
  const [words, setWords] = useState("");
  const shown = searchSnippets(snippets, words);
  const current = shown.find(({ id }) => id === selected) ?? shown[0] ?? null;

  const select = (id: string) => {
    onSelect(id);
    document.getElementById(`${listId}${id}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && current !== null) onUse(current, event.ctrlKey || event.metaKey);
    else {
      // Home and End move in the words that are typed.
      const isForText = event.key === "Home" || event.key === "End";
      const next = isForText ? null : afterKey(shown, current?.id ?? null, event.key);
      if (next === null) return;
      select(next);
    }
    event.preventDefault();
  };

  return (
    <>
      <div className="flex gap-2 pt-1">
        <div className="relative min-w-0 grow">
          <Search {...ICON} className="pointer-events-none absolute inset-y-0 left-2.5 my-auto text-ink-faint" aria-hidden="true" />
          <input
            ref={search}
            role="combobox"
            aria-label="Search snippets"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={current === null ? undefined : `${listId}${current.id}`}
            placeholder="Search"
            autoComplete="off"
            spellCheck={false}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={onKeyDown}
            className="h-8 w-full rounded-control border border-control-line bg-card pr-2.5 pl-8.5 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11"
          />
        </div>
        <Button className="h-8" icon={<Plus {...ICON} />} disabled={snippets.length >= MOST_SNIPPETS} onClick={onAdd}>
          <span>
            New<span className="max-wide:sr-only"> snippet</span>
          </span>
        </Button>
      </div>
      <div className="mt-3 grid h-[min(380px,52dvh)] grid-cols-[minmax(0,2fr)_minmax(0,3fr)] overflow-hidden rounded-card border border-line max-wide:grid-cols-1 max-wide:grid-rows-[minmax(0,3fr)_minmax(0,2fr)]">
        <div id={listId} role="listbox" aria-label="Snippets" className="min-h-0 overflow-y-auto border-line bg-sunken p-1 max-wide:border-b wide:border-r">
          {shown.map((snippet) => (
            <Row
              key={snippet.id}
              id={`${listId}${snippet.id}`}
              snippet={snippet}
              isSelected={snippet.id === current?.id}
              onSelect={() => onSelect(snippet.id)}
              onUse={() => onUse(snippet, false)}
            />
          ))}
          {shown.length === 0 && <p className="px-2 py-6 text-center text-ink-faint">No snippet holds these words.</p>}
        </div>
        {current !== null && <Details snippet={current} onEdit={() => onEdit(current)} onDelete={() => onDelete(current)} />}
      </div>
      <p role="status" className="sr-only">
        {words === "" ? "" : plural(shown.length, "snippet")}
      </p>
      <StepFooter>
        <p className="mr-auto hidden self-center text-small text-ink-faint wide:block">
          <Keys keys="↑ ↓" does="select" /> <Keys keys="Enter" does="insert" /> <Keys keys="Ctrl+Enter" does="run" />
        </p>
        <Button disabled={current === null} onClick={() => current !== null && onUse(current, true)}>
          Run
        </Button>
        <Button look="primary" disabled={current === null} onClick={() => current !== null && onUse(current, false)}>
          Insert
        </Button>
      </StepFooter>
    </>
  );
}

function Row({ id, snippet, isSelected, onSelect, onUse }: { id: string; snippet: Snippet; isSelected: boolean; onSelect: () => void; onUse: () => void }) {
  return (
    // The keys work from the search field, which says by `aria-activedescendant` which row they mean.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      // The focus stays in the search field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onSelect}
      onDoubleClick={onUse}
      className={classes(
        "rounded-control px-2 py-1 select-none max-wide:flex max-wide:min-h-11 max-wide:flex-col max-wide:justify-center",
        isSelected ? "bg-accent-ground" : "hover:bg-hover",
      )}
    >
      <span className={classes("block truncate", isSelected && "font-medium")}>{visibleText(snippet.name, 100)}</span>
      <span className="block truncate font-mono text-caption text-ink-faint">{visibleText(snippet.text.trim().split("\n", 1)[0] ?? "", 120)}</span>
    </div>
  );
}

function Details({ snippet, onEdit, onDelete }: { snippet: Snippet; onEdit: () => void; onDelete: () => void }) {
  const variables = variablesIn(snippet.text);
  return (
    <section aria-label={visibleText(snippet.name, 100)} className="flex min-h-0 flex-col bg-card">
      <header className="flex items-center gap-1 py-1 pr-1 pl-3">
        <h3 className="min-w-0 grow truncate font-semibold">{visibleText(snippet.name, 100)}</h3>
        <IconButton label={`Edit ${visibleText(snippet.name, 80)}`} icon={<Pencil {...ICON} />} onClick={onEdit} />
        <IconButton label={`Delete ${visibleText(snippet.name, 80)}`} icon={<Trash2 {...ICON} />} onClick={onDelete} />
      </header>
      <pre tabIndex={0} role="group" aria-label="Text" className="min-h-0 grow overflow-y-auto px-3 pb-3 text-mono break-words whitespace-pre-wrap">
        <bdi>{visibleLines(snippet.text, LONGEST_TEXT)}</bdi>
      </pre>
      {variables.length > 0 && (
        <p className="border-t border-line px-3 py-2 text-small text-ink-faint">
          Asks for <span className="text-ink-soft">{visibleText(variables.map(({ name }) => name).join(", "), 200)}</span>
        </p>
      )}
    </section>
  );
}

function Keys({ keys, does }: { keys: string; does: string }) {
  return (
    <span className="mr-3">
      <kbd className="rounded-[4px] border border-line-strong bg-card px-1 py-px text-caption text-ink-soft">{keys}</kbd> {does}
    </span>
  );
}
